import type { MailCatalog } from './mail-catalog.ts';

export const mailKo: MailCatalog = {
  mails: {
    EMAIL_CODE_REGISTER: {
      subject: '[moim] 인증번호 {code}',
      text: 'moim에 가입하실 때 필요한 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 요청한 적이 없다면 이 메일은 무시하셔도 돼요.',
    },
    EMAIL_CODE_KNOWN: {
      subject: '[moim] 이미 가입된 이메일이에요',
      text: '누군가 이 이메일로 moim에 가입하려고 했어요. 이미 계정이 있으니 로그인해 주세요.\n\n본인이 아니라면 이 메일은 무시하셔도 돼요.',
    },
    EMAIL_CODE_PASSWORD: {
      subject: '[moim] 인증번호 {code}',
      text: '비밀번호를 새로 정하실 때 필요한 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 다른 사람에게는 알려 주지 마세요.\n\n요청한 적이 없다면 이 메일은 무시하셔도 돼요. 비밀번호는 바뀌지 않아요.',
    },
    EMAIL_NO_ACCOUNT: {
      subject: '[moim] 가입된 계정이 없어요',
      text: '누군가 이 이메일로 가입한 moim 계정을 찾으려고 했지만, 이 이메일로 가입된 계정이 없어요.\n\n본인이라면 다른 이메일이나 소셜 계정으로 가입하지 않았는지 확인해 주세요. 본인이 아니라면 이 메일은 무시하셔도 돼요.',
    },
    EMAIL_CODE_EMAIL: {
      subject: '[moim] 인증번호 {code}',
      text: 'moim 계정의 새 이메일 주소를 확인하실 때 필요한 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 요청한 적이 없다면 이 메일은 무시하셔도 돼요.',
    },
    EMAIL_CODE_LEAVE: {
      subject: '[moim] 인증번호 {code}',
      text: '승인되지 않은 moim 계정의 정보를 받거나 계정을 지우실 때 필요한 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 다른 사람에게는 알려 주지 마세요.\n\n요청한 적이 없다면 이 메일은 무시하셔도 돼요. 아무것도 바뀌지 않아요.',
    },
    EMAIL_CODE_MAIL: {
      subject: '[moim] 인증번호 {code}',
      text: '이 주소로 moim의 메일을 다시 받으실 때 필요한 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 요청한 적이 없다면 이 메일은 무시하셔도 돼요. 아무것도 바뀌지 않아요.',
    },
    EMAIL_TAKEN: {
      subject: '[moim] 이미 가입된 이메일이에요',
      text: '누군가 자신의 moim 계정을 이 이메일로 옮기려고 했어요. 이 이메일로 가입된 계정이 이미 있어서 옮기지 않았어요.\n\n본인이라면 이 이메일로 로그인해 주세요. 본인이 아니라면 이 메일은 무시하셔도 돼요. 회원님의 계정은 그대로예요.',
    },
    LOGIN_ID: {
      subject: '[moim] 아이디 안내',
      text: 'moim에 가입하신 아이디예요.\n\n{loginId}\n\n요청한 적이 없다면 이 메일은 무시하셔도 돼요.',
    },
    LOGIN_ID_NONE: {
      subject: '[moim] 아이디 안내',
      text: 'moim 계정에 따로 정한 아이디가 없어요. 로그인할 때 아이디 대신 이 이메일 주소를 입력해 주세요.\n\n요청한 적이 없다면 이 메일은 무시하셔도 돼요.',
    },
    PASSWORD_CHANGED: {
      subject: '[moim] 비밀번호가 바뀌었어요',
      text: 'moim 계정의 비밀번호가 바뀌었고, 모든 기기에서 로그아웃됐어요.\n\n본인이 바꾸셨다면 새 비밀번호로 로그인해 주세요.\n\n본인이 아니라면 지금 바로 로그인 화면에서 비밀번호를 새로 정해 주세요. 이 이메일로 인증번호를 받으실 수 있어요.',
    },
    EMAIL_CHANGED: {
      subject: '[moim] 이메일 주소가 바뀌었어요',
      text: 'moim 계정의 이메일이 이 주소에서 다른 주소로 바뀌었고, 모든 기기에서 로그아웃됐어요. 앞으로는 새 주소로 로그인해 주세요.\n\n본인이 아니라면 아래 버튼을 눌러 {days}일 안에 되돌려 주세요. 이 주소로 돌아오고, 비밀번호를 새로 정하실 수 있어요. 그동안 추가된 로그인 방법은 모두 해제돼요.\n\n{link}',
      button: '되돌리기',
    },
    ACCOUNT_APPROVED: {
      subject: '[moim] 가입이 승인됐어요',
      text: '어서 오세요! moim 가입이 승인됐어요.\n\n이제 로그인하실 수 있어요.',
    },
    ACCOUNT_REJECTED: {
      subject: '[moim] 가입이 승인되지 않았어요',
      text: '아쉽지만 moim 가입이 승인되지 않았어요. 사유는 다음과 같아요.\n\n{reason}\n\n{days}일 뒤에는 가입하실 때 알려 주신 정보가 모두 지워져요. 그 전에도 이 이메일을 인증해서 정보를 받거나 계정을 지우실 수 있고, 지운 뒤에는 다시 가입하실 수 있어요.\n\n궁금한 점은 moim 운영팀에 물어봐 주세요.',
    },
    ACCOUNT_WITHDRAWN: {
      subject: '[moim] 탈퇴를 마쳤어요',
      text: 'moim에서 탈퇴하셨어요. 회원님의 개인정보는 지워지고, 남은 글에는 이름 대신 ‘(알 수 없음)’이 표시돼요.\n\n그동안 함께해 주셔서 고마워요. 본인이 탈퇴하지 않았다면 moim 운영팀에 알려 주세요.',
    },
    EXPORT_READY: {
      subject: '[moim] 요청하신 데이터가 준비됐어요',
      text: '요청하신 데이터가 준비됐어요. 아래에서 내려받으실 수 있어요.\n\n{link}\n\n{hours}시간 안에 받아 주세요. 개인정보가 들어 있으니 이 메일을 다른 사람에게 전달하지 마세요.',
      button: '내려받기',
    },
    SOCIAL_LINKED: {
      subject: '[moim] 새 로그인 방법이 연결됐어요',
      text: '이제 {provider}{으로/로} moim에 로그인하실 수 있어요.\n\n본인이 연결하지 않았다면 지금 바로 로그인 화면에서 비밀번호를 새로 정해 주세요. 그러면 새로 연결된 방법은 모두 해제돼요.',
    },
    WAY_ADDED: {
      subject: '[moim] 본인 확인 방법이 추가됐어요',
      text: 'moim 계정에 새 본인 확인 방법이 추가됐어요.\n\n추가된 방법: {way}\n\n본인이 추가하지 않았다면 지금 바로 로그인 화면에서 비밀번호를 새로 정해 주세요. 그러면 새로 추가된 방법은 모두 해제돼요.',
    },
    WAY_REMOVED: {
      subject: '[moim] 본인 확인 방법이 해제됐어요',
      text: 'moim 계정에서 본인 확인 방법이 해제됐어요.\n\n해제된 방법: {way}\n\n본인이 해제하지 않았다면 지금 바로 로그인 화면에서 비밀번호를 새로 정해 주세요.',
    },
    EMAIL_CODE_PROOF: {
      subject: '[moim] 인증번호 {code}',
      text: 'moim 계정의 중요한 정보를 바꾸기 전에 본인인지 확인하는 인증번호예요.\n\n{code}\n\n{minutes}분 안에 입력해 주세요. 다른 사람에게는 알려 주지 마세요.\n\n요청한 적이 없다면 다른 사람이 로그인한 것일 수 있어요. 지금 바로 비밀번호를 새로 정해 주세요.',
    },
    PASSWORD_RESET: {
      subject: '[moim] 비밀번호를 새로 정했어요',
      text: '이 이메일로 받은 인증번호로 moim 계정의 비밀번호를 새로 정했고, 모든 기기에서 로그아웃됐어요. 안전을 위해 그동안 새로 추가된 로그인 방법도 함께 해제했어요.\n\n해제한 방법: {ended}\n\n그대로 둔 방법: {kept}\n\n본인이 아니라면 바로 moim 운영팀에 알려 주세요.',
    },
    NEW_SIGN_IN: {
      subject: '[moim] 새 기기에서 로그인했어요',
      text: '처음 보는 기기에서 moim에 로그인했어요.\n\n기기: {device}\n\n시각: {time}\n\n본인이 아니라면 지금 바로 로그인 화면에서 비밀번호를 새로 정해 주세요. 모든 기기에서 로그아웃돼요.',
    },
    ACCOUNT_SUSPENDED: {
      subject: '[moim] 계정 이용이 잠시 멈췄어요',
      text: 'moim 계정의 이용이 잠시 멈췄고, 모든 기기에서 로그아웃됐어요. 사유는 다음과 같아요.\n\n{reason}\n\n{time} 이후에 다시 로그인하실 수 있어요.\n\n궁금한 점은 moim 운영팀에 물어봐 주세요.',
    },
    LEADER_SILENT: {
      subject: '[moim] 곧 다른 멤버가 모임을 이끌게 돼요',
      text: '이끌고 계신 모임에 오랫동안 들르지 않으셨어요.\n\n{title}\n\n{date}까지 로그인하시면 그대로 모임장으로 남아요. 로그인하지 않으시면 다른 멤버가 모임장이 되고, 회원님은 멤버로 남아요.',
    },
    CLUB_ACCEPTED: {
      subject: '[moim] 가입 신청이 승인됐어요',
      text: '환영해요! 가입 신청이 승인됐어요.\n\n{title}\n\n이제 모임의 모든 기능을 쓰실 수 있어요.',
    },
    CLUB_REJECTED: {
      subject: '[moim] 가입 신청이 승인되지 않았어요',
      text: '아쉽지만 가입 신청이 승인되지 않았어요.\n\n{title}\n\n사유는 다음과 같아요.\n\n{reason}\n\n신청하실 때 적어 주신 프로필은 지워졌어요. moim 계정은 그대로 쓰실 수 있고, 나중에 다시 신청하실 수도 있어요.',
    },
    NOTIFICATION: {
      subject: '[moim] 새 알림이 있어요',
      text: '새 소식이 있어요.\n\n{text}\n\n{link}',
      button: 'moim에서 보기',
    },
  },
  sender: 'moim 모임',
  reasons: {
    asked: '누군가 moim에 이 이메일 주소를 입력해서 보내 드린 메일이에요. 답장은 확인하지 않아요.',
    account: 'moim 계정에 관해 꼭 알려 드려야 해서 보내 드린 메일이에요. 답장은 확인하지 않아요.',
    group: '함께하시는 모임에 관해 알려 드리려고 보내 드린 메일이에요. 답장은 확인하지 않아요.',
    notification:
      '이런 알림을 메일로 받기로 하셔서 보내 드린 메일이에요. moim의 알림 설정에서 끄실 수 있어요. 답장은 확인하지 않아요.',
  },
};
