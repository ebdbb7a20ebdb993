import { feature } from '../../../shared/core/contract.ts';

export const contract = feature({
  name: 'mail',
  summary: 'Stops mail to addresses that bounced or complained',
  answersFor: ['mailFeedback'],
  rights: {
    mailFeedback: { write: ['Suppression'] },
  },
});
