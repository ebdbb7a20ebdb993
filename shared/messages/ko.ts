import type { Catalog } from './catalog.ts';

export const ko: Catalog = {
  problems: {
    ALREADY_DECIDED: '이미 같은 결정이 내려진 인증입니다.',
    ALREADY_MEMBER: '이미 참여 중인 모임입니다.',
    BODY_TOO_LARGE: '요청 내용이 너무 큽니다.',
    CERTIFICATION_LIMIT: '오늘 또는 이번 주에 할 수 있는 인증을 모두 했습니다.',
    CODE_INVALID: '인증번호가 올바르지 않거나 만료되었습니다.',
    EMAIL_TAKEN: '이미 가입된 이메일입니다.',
    GROUP_CLOSED: '더 이상 참여할 수 없는 모임입니다.',
    GROUP_FULL: '모임의 자리가 모두 찼습니다.',
    IDEMPOTENCY_IN_FLIGHT: '같은 요청을 처리하고 있습니다. 잠시 후 다시 시도하여 주세요.',
    IDEMPOTENCY_KEY_REUSED: '같은 Idempotency-Key로 다른 요청을 보낼 수 없습니다.',
    INTERNAL: '일시적인 오류가 발생했습니다. 잠시 후 다시 시도하여 주세요.',
    INVALID_CURSOR: '목록의 위치 정보가 올바르지 않습니다. 처음부터 다시 조회하여 주세요.',
    INVALID_PERIOD: '기간이 올바르지 않습니다.',
    INVALID_REQUEST: '입력한 내용을 확인하여 주세요.',
    JOIN_BY_OTHER_WAY: '바로 참여할 수 없는 모임입니다. 모임이 안내하는 방법으로 신청하여 주세요.',
    KICKED: '이 모임에는 다시 참여할 수 없습니다.',
    MALFORMED_BODY: '요청 내용이 JSON 형식이 아닙니다.',
    MESSAGE_TOO_LARGE: '메시지가 너무 큽니다.',
    NICKNAME_TAKEN: '이미 사용 중인 닉네임입니다.',
    NOT_FOUND: '찾을 수 없습니다.',
    NOT_IN_PERIOD: '인증할 수 있는 기간이 아닙니다.',
    PASSWORD_REFUSED:
      '비밀번호는 8~64자이며 영문자, 숫자, 특수문자를 모두 포함하고 공백, 이메일, 닉네임을 포함할 수 없습니다.',
    PRECONDITION_FAILED: '다른 곳에서 먼저 수정되었습니다. 새로 고친 뒤 다시 시도하여 주세요.',
    REFRESH_INVALID: '로그인이 만료되었습니다. 다시 로그인하여 주세요.',
    SIGN_IN_FAILED: '이메일 또는 비밀번호가 올바르지 않습니다.',
    TICKET_INVALID: '이메일 인증이 만료되었습니다. 다시 인증하여 주세요.',
    TOKEN_INVALID: '로그인이 필요합니다.',
    TOO_MANY_REQUESTS: '요청이 너무 많습니다. 잠시 후 다시 시도하여 주세요.',
    TRY_AGAIN: '동시에 처리 중인 요청이 많습니다. 잠시 후 다시 시도하여 주세요.',
    UNKNOWN_ACTION: '알 수 없는 요청입니다.',
    UNSUPPORTED_MEDIA_TYPE: 'Content-Type은 application/json이어야 합니다.',
    UPLOAD_INVALID: '업로드한 이미지가 올바르지 않습니다. 다시 업로드하여 주세요.',
  },
  fields: {
    startInPast: '시작일은 오늘이거나 그 이후여야 합니다.',
    endBeforeStart: '종료일은 시작일보다 빠를 수 없습니다.',
    evidenceMissing: '이 미션의 인증 방법에 맞는 내용을 넣어 주세요.',
    idempotencyKey: '공백 없는 ASCII 문자 16~128자여야 합니다.',
  },
  notifications: {
    GROUP_JOINED: '{nick}님이 {title}에 신청하셨습니다.',
    CERTIFICATION_SUBMITTED: '{nick}님이 {title}에 인증글을 올렸습니다. 확인하여 주세요.',
    CERTIFICATION_APPROVED: '{nick}님의 인증글이 승인되었습니다.',
    CERTIFICATION_DENIED:
      '{nick}님의 인증글이 인증 조건을 만족시키지 못하였습니다. 인증글을 수정하여 주세요. (사유: {reason})',
  },
  mails: {
    EMAIL_CODE_REGISTER: {
      subject: '[모임] 인증번호 {code}',
      text: '모임 가입을 위한 인증번호입니다.\n\n{code}\n\n{minutes}분 안에 입력하여 주세요. 요청한 적이 없다면 이 메일을 무시하셔도 됩니다.',
    },
    EMAIL_CODE_KNOWN: {
      subject: '[모임] 이미 가입된 이메일입니다',
      text: '누군가 이 이메일로 모임에 가입하려고 했습니다. 이미 계정이 있으니 로그인하여 주세요. 본인이 아니라면 이 메일을 무시하셔도 됩니다.',
    },
  },
  unknownPerson: '(알 수 없음)',
};
