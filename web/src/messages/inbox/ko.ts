export const texts = {
  title: '알림',
  empty: '아직 조용하네요',
  emptyLead: '인증이 승인되면 여기서 알려 드려요.',
  live: '실시간으로 받고 있어요',
  unread: '읽지 않음',
  readAll: '모두 읽음',
  today: '오늘',
};
