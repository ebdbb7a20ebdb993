/** The socket: what happens elsewhere is shown at once, and what it touches is asked again. */
import { NoAnswerError } from '../../../client/problem-error.ts';
import { createSocket, type Socket } from '../../../client/socket.ts';
import { changedHere as changed, rested } from './cache.ts';
import { pathOf } from './links.ts';
import { api, session } from './session.ts';
import { store } from './store.ts';
import { tell } from './toast.ts';

export const connection = store<'connecting' | 'open' | 'closed'>('closed');

export const online = store(navigator.onLine);

let socket: Socket | undefined;

/** Whether there was no network since the socket was open last: questions may have failed that nobody asks again. */
let wasOffline = !navigator.onLine;

/** What listens to the socket, whichever it is. */
const listening = new Set<(of: Socket) => () => void>();
const watching = new Set<(isOpen: boolean) => void>();

/** Keeps a listener at the socket of now and at each that follows. */
function attached(attach: (of: Socket) => () => void): () => void {
  let off = socket ? attach(socket) : () => {};
  const again = (of: Socket) => {
    off = attach(of);
    return off;
  };
  listening.add(again);
  return () => {
    listening.delete(again);
    off();
  };
}

/** The socket for what begins before it is open, or lives longer than it: a chat room. It is closed by the sign-out alone. */
export const live: Socket = {
  get isOpen() {
    return socket?.isOpen ?? false;
  },
  send: (...given) => socket?.send(...given) ?? Promise.reject(new NoAnswerError('the socket is not open yet')),
  on: (name, listener) => attached((of) => of.on(name, listener)),
  onConnection(listener) {
    watching.add(listener);
    return () => void watching.delete(listener);
  },
  close() {},
};

function open(): Socket {
  let wasOpen = false;
  const opened = createSocket({
    ticket: () => api.connections.issueSocketTicket(),
    onState(state) {
      connection.set(state);
      if (state === 'closed') socket = undefined;
      if (state !== 'open') return;
      // What was missed meanwhile. A browser says that it is online before it is: an open socket shows that it is.
      if (wasOpen || wasOffline) void changed();
      wasOpen = true;
      wasOffline = false;
    },
  });
  opened.on('notification', (notification) => {
    tell(notification.text, pathOf(notification));
    void changed('inbox');
    void changed('today');
    if (notification.link.groupId) void changed('group', notification.link.groupId);
  });
  opened.on('notification.resolved', () => {
    void changed('inbox');
    void changed('today');
  });
  opened.on('message.received', () => void changed('messages'));
  opened.on('message.read', () => void changed('messages'));
  opened.on('conversation.read', () => {
    void changed('messages');
    void changed('inbox');
    void changed('today');
  });
  opened.on('application.changed', ({ groupId }) => {
    void changed('group', groupId);
    void changed('recruit', groupId);
    void changed('applications');
    void changed('today');
  });
  opened.on('certification.changed', ({ groupId }) => {
    void changed('group', groupId);
    void changed('today');
  });
  opened.on('attendance.changed', ({ groupId }) => void changed('group', groupId, 'attendance'));
  opened.onConnection((isOpen) => {
    for (const watch of watching) watch(isOpen);
  });
  for (const attach of listening) attach(opened);
  // Loaded when it first happens: what every page loads stays small.
  opened.on('cheers.changed', (told) => void import('./data/missions.ts').then(({ heard }) => heard(told)));
  opened.on('post.changed', ({ groupId, postId }) => {
    void changed('group', groupId, 'posts');
    void changed('group', groupId, 'post', postId);
  });
  opened.on('comments.changed', (told) => void import('./data/posts.ts').then(({ heard }) => heard(told)));
  opened.on('poll.changed', (told) => void import('./data/polls.ts').then(({ heard }) => heard(told)));
  return opened;
}

/** Opens the socket while somebody is signed in and there is a network, after the first screen, and closes it at the sign-out. */
export function stayLive(): void {
  const follow = () => {
    if (session.get().status !== 'in') socket?.close();
    else if (online.get() && rested.get()) socket ??= open();
  };
  addEventListener('online', () => online.set(true));
  addEventListener('offline', () => {
    wasOffline = true;
    online.set(false);
  });
  session.subscribe(follow);
  online.subscribe(follow);
  rested.subscribe(follow);
  follow();
}
