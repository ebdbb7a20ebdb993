import { news } from '../../../shared/messages/news.ts';

/** Attendance: requests, and decisions on them. */
export const attendanceNews = {
  requested: news('ATTENDANCE_REQUESTED', {
    class: 'group',
    concerns: 'you',
    screen: 'attendance',
    ko: '{actor}님이 {title}에 출석을 신청했어요. 확인해 주세요.',
    en: '{actor} asks for attendance in {title}. Please decide.',
    many: {
      ko: '{title}에서 출석 신청 {count}건이 확인을 기다려요.',
      en: '{count} requests for attendance in {title}. Please decide.',
    },
  }),
  accepted: news('ATTENDANCE_ACCEPTED', {
    class: 'group',
    concerns: 'you',
    screen: 'attendance',
    ko: '{title}의 출석이 확인됐어요. ({result})',
    en: 'Your attendance in {title} was confirmed. ({result})',
    many: 'latest',
  }),
  rejected: news('ATTENDANCE_REJECTED', {
    class: 'group',
    concerns: 'you',
    screen: 'attendance',
    ko: '{title}의 출석 신청이 확인되지 않았어요. (사유: {reason})',
    en: 'Your request for attendance in {title} was not confirmed. (Reason: {reason})',
    many: 'latest',
  }),
  corrected: news('ATTENDANCE_CORRECTED', {
    class: 'group',
    concerns: 'you',
    screen: 'attendance',
    ko: '{title}의 {day} 출석이 고쳐졌어요. ({result})',
    en: 'Your attendance in {title} on {day} was corrected. ({result})',
    many: 'latest',
  }),
};
