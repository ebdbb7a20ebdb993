import { feature } from '../../../shared/core/contract.ts';

/** A feature of its own, so that the decoders are carried by the function for heavy work alone. */
export const contract = feature({
  name: 'photos',
  summary: 'Decoding of the photos of certifications and messages',
  consumers: {
    decode: {
      summary: 'Makes the images that stay of new photos, and ends certifications whose photos cannot be opened',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY'],
      lane: 'heavy',
      having: 'undecoded',
      rights: {
        read: ['Certification'],
        write: ['Certification', 'MissionWeek', 'Brick', 'Account', 'WallWeek', 'Outbox', 'ImageHash'],
        readObjects: ['certifications/'],
        writeObjects: ['certifications/'],
        deleteObjects: ['certifications/'],
      },
    },
    decodeMessage: {
      summary: 'Makes the images that stay of new photos of messages',
      entity: 'ChatEntry',
      on: ['INSERT'],
      lane: 'heavy',
      having: 'undecoded',
      rights: {
        read: ['ChatEntry'],
        write: ['ChatEntry'],
        readObjects: ['chat/'],
        writeObjects: ['chat/'],
        deleteObjects: ['chat/'],
      },
    },
  },
});
