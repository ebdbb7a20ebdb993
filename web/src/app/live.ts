/** The socket: what happens elsewhere is shown at once, and what it touches is asked again. */
import { createSocket, type Socket } from '../../../client/socket.ts';
import { changedHere as changed, rested } from './cache.ts';
import { pathOf } from './links.ts';
import { api, session } from './session.ts';
import { store } from './store.ts';
import { tell } from './toast.ts';

export const connection = store<'connecting' | 'open' | 'closed'>('closed');

export const online = store(navigator.onLine);

let socket: Socket | undefined;

function open(): Socket {
  let wasOpen = false;
  const opened = createSocket({
    ticket: () => api.connections.issueSocketTicket(),
    onState(state) {
      connection.set(state);
      if (state === 'closed') socket = undefined;
      if (state !== 'open') return;
      // What was missed meanwhile.
      if (wasOpen) void changed();
      wasOpen = true;
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
  // Loaded when it first happens: what every page loads stays small.
  opened.on('cheers.changed', (told) => void import('./data/missions.ts').then(({ heard }) => heard(told)));
  return opened;
}

/** Opens the socket while somebody is signed in and there is a network, after the first screen, and closes it at the sign-out. */
export function stayLive(): void {
  const follow = () => {
    if (session.get().status !== 'in') socket?.close();
    else if (online.get() && rested.get()) socket ??= open();
  };
  addEventListener('online', () => online.set(true));
  addEventListener('offline', () => online.set(false));
  session.subscribe(follow);
  online.subscribe(follow);
  rested.subscribe(follow);
  follow();
}
