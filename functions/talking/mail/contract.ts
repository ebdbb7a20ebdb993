import { feature } from '../../../shared/core/contract.ts';

export const contract = feature({
  name: 'mail',
  summary: 'Stops all mail to an address that bounced, or whose owner complained',
  answersFor: ['mailFeedback'],
  rights: {
    mailFeedback: { write: ['Suppression'] },
  },
});
