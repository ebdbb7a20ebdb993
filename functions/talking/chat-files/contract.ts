import { feature } from '../../../shared/core/contract.ts';

/** A feature of its own, so that the function for what nobody waits for needs no sockets, and the one for live news no bucket. */
export const contract = feature({
  name: 'chat-files',
  summary: 'Deletion of the files of messages',
  due: {
    dropUnusedChatFiles: {
      summary: 'Deletes what expired uploads left that no message shows',
      rights: { read: ['ChatFile'], listObjects: ['files/', 'chat/'], deleteObjects: ['files/', 'chat/'] },
    },
  },
  consumers: {
    dropChatFiles: {
      summary: 'Deletes the objects of files that messages no longer show',
      entity: 'ChatEntry',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { deleteObjects: ['files/', 'chat/', 'uploads/'] },
      keeps: ['groupId', 'files.id', 'files.key', 'files.width', 'files.broken'],
    },
  },
});
