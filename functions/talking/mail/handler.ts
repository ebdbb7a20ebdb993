import { mailFeedbackFunction } from '../../../shared/events/mail-feedback.ts';
import { recordFeedback } from './service.ts';

export const mailFeedback = /* @__PURE__ */ mailFeedbackFunction(recordFeedback);
