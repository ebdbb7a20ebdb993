/** What the device keeps in IndexedDB, for the pages and the worker: `kept` has a few values by their name, `outbox` and `chat` what waits. */
export type Place = 'kept' | 'outbox' | 'chat';
const places: readonly Place[] = ['kept', 'outbox', 'chat'];

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('moim', 4);
    opening.onupgradeneeded = () => {
      const { result } = opening;
      // What an earlier release kept is asked again; what waits to be sent exists nowhere else.
      const old = result.objectStoreNames;
      if (old.contains('kept')) result.deleteObjectStore('kept');
      for (const place of places) if (!old.contains(place)) result.createObjectStore(place);
    };
    opening.onsuccess = () => {
      const { result } = opening;
      const forget = () => {
        opened = undefined;
        result.close();
      };
      // A newer release in another tab waits for this one to let go.
      result.onversionchange = forget;
      result.onclose = forget;
      resolve(result);
    };
    opening.onerror = () => reject(opening.error);
    // An old page in another tab holds on to the old form: moim starts without what is kept, instead of waiting for it.
    opening.onblocked = () => reject(new Error('another tab holds the old form'));
  });
}

/** Done when it is written, not only taken in: a phone may be switched off in the next moment. */
async function within<T>(
  place: Place,
  mode: IDBTransactionMode,
  act: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  opened ??= open();
  const database = await opened.catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  const transaction = database.transaction(place, mode, { durability: place === 'kept' ? 'default' : 'strict' });
  const request = act(transaction.objectStore(place));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
  });
}

/** Every call throws where the browser keeps nothing (some private windows) or has no room. */
export const keep = {
  read: <T>(place: Place, key: string): Promise<T | undefined> =>
    within(place, 'readonly', (objects) => objects.get(key)),
  all: <T>(place: Place): Promise<T[]> => within(place, 'readonly', (objects) => objects.getAll()),
  write: (place: Place, key: string, value: unknown): Promise<unknown> =>
    within(place, 'readwrite', (objects) => objects.put(value, key)),
  drop: (place: Place, key: string): Promise<unknown> => within(place, 'readwrite', (objects) => objects.delete(key)),
};
