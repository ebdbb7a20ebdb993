/** The numbers that the protocol tells. */
type ProtocolNumber = 'text' | 'page' | 'heads' | 'burst' | 'burstMs' | 'muteMs' | 'shown' | 'typingTo';
type ProtocolLimits = Readonly<Record<ProtocolNumber | 'roomsOfSocket' | 'keptDays' | 'behind', number>>;

/** How a client uses the rooms, for the documents: enough to write another client from it alone. */
export const protocolOf = (
  limit: ProtocolLimits,
) => `A room is a log. Its entries have the numbers 1, 2, 3 ... without a gap, and each change is an entry of its own: a message (\`MESSAGE\`), a deletion (\`DELETED\`), a hiding (\`HIDDEN\`) and its end (\`RESTORED\`), the closing (\`CLOSED\`). An entry never changes its number. A client that has every number up to the head has missed nothing, and can show it.

The main room of a group has the group's id and is always there. Rooms are read and written over HTTP and over the socket alike; both are the same log.

\`\`\`
client                      moim                      others
  |  chat.join {after: 7}     |                          |
  |-------------------------->|  listens, then reads     |
  |  {head: 9, entries: 8, 9} |                          |
  |<--------------------------|                          |
  |  chat.send {clientId, after: 9, text}                |
  |-------------------------->|  creates number 10       |
  |  {entry: 10}              |  chat.message {entry 10} |
  |<--------------------------|------------------------->|
  |        X  the answer is lost                         |
  |  POST .../messages, the same clientId and after      |
  |-------------------------->|  finds number 10         |
  |  201 {entry: 10}          |                          |
  |<--------------------------|                          |
\`\`\`

The typed client has all of this as \`createRoom\` (\`client/room.ts\`). A client keeps for each room: \`seen\`, the largest number without a hole before it; \`ahead\`, entries with larger numbers; \`outbox\`, messages without an answer, each with its \`clientId\` and \`after\`.

- **Join:** \`chat.join\` with \`after: seen\`, or without \`after\` for the newest 50. While the reply says \`more\`: \`GET .../entries?after=\`. After every reconnect, join again: a socket listens until it closes.
- **An entry e comes,** in a reply, a page or an event: \`e.seq <= seen\`: drop it, it came twice. \`e.seq == seen + 1\`: show it, then what follows in \`ahead\`. Larger: keep it in \`ahead\`; if the hole is still there after a second, read \`GET .../entries?after=seen\`.
- **Send:** make a UUID, keep \`after = seen\`, show the message as waiting. No reply within 5 s, or the socket closed: send the same again, after two tries over HTTP. The \`clientId\` and \`after\` stay the same for all tries, over both ways, also a day later. It is done when a reply comes, or an entry with your \`clientId\`.
- **Files:** ask for an upload (\`POST .../uploads\`), post the file to the answered form, then send the message with the \`uploadId\` among its \`fileIds\`, with a text or without one. All tries name the same \`fileIds\`. A photo is shown at once by \`image\`; its \`thumbnail\` is there some seconds later, at the next read of the entry.
- **RESUME_FIRST at a send:** too much has come since \`after\`, or that entry is deleted. Read from \`after\` to the end. Your \`clientId\` is among the entries: it is done. Else set \`after\` to the end and send again with the same \`clientId\`.
- **RESUME_FIRST at a read or a join:** that entry no longer exists. Drop your entries and read from 0. A log may begin with a later number: an entry \`EMPTIED\` says that everything before it is deleted for good.
- **DELETED, HIDDEN:** take the text and the files of the message \`target\` away. **RESTORED:** read it again, \`GET .../entries?seqs={target}\`. **CLOSED:** no message follows it, only what becomes of those before; you no longer listen.
- **Quotes:** a message with \`replyTo\` answers the message of that number. Where it is before your first entry, read it: \`GET .../entries?seqs=12,40,77\` for all that a page answers, in one request. You get each as you may see it; a number that is left out is deleted for good. A quote changes with its message: DELETED, HIDDEN and RESTORED hold for it, too. Drop quotes when you begin anew with the newest entries.
- **Hidden things keep their numbers:** a message of somebody you blocked, or one that is hidden, comes with its \`state\` and without its text.
- **TOO_MANY_REQUESTS:** three messages a second, in all rooms and by all ways together; then nothing for five seconds. \`Retry-After\` says when, \`retryAfter\` in the problem over the socket; send the same again.
- **Is there anything new?** Events are sent once, best effort. Every 60 s while a room is shown, \`chat.heads\`: \`head > seen\` means read on. A hole lasts no longer than that.
- **Read marks:** \`chat.read\` with the last number that was shown, at most every 2 s, and when the page is hidden. The mark only moves forward. \`unread\` are the messages after it; a deletion makes none. Readers of a message: its author, and all whose \`seq\` in \`GET .../read-marks\` is not smaller than its number.
- **Presence:** \`chat.join\` tells who listens, \`room.members\` who came and went, in rooms with up to 50 listening sockets. It is a hint; \`chat.join\` again is the truth. \`chat.typing\` at most every 3 s; show it for 4 s.

A message that one sends goes through these states:

\`\`\`
                reply, or an entry with its clientId
  WAITING ------------------------------------------------> SENT (its seq is its place)
    |  ^ |
    |  | |  no reply within 5 s, the socket closed, TRY_AGAIN, no network
    |  | +---> send the same again: at once on the new socket, after two tries over HTTP,
    |  |       then after 1, 2, 4 ... 30 s for as long as it is shown
    |  |
    |  |  TOO_MANY_REQUESTS: after Retry-After
    |  +-- RESUME_FIRST: read on, then the same clientId with a new after
    |
    |  NOT_FOUND, ROOM_CLOSED, INVALID_REQUEST
    +----------------------------------------------------> REFUSED (offer the text to be copied)
\`\`\`

Messages of one client are sent one after the other, so that they take their numbers in the order in which they were written.

| number | what |
|---|---|
| ${limit.text} | code points of a text, after it is trimmed and normalized (NFC) |
| ${limit.page} | entries of a page, and of a reply to \`chat.join\` |
| ${limit.heads} | rooms in one \`chat.heads\` |
| ${limit.behind} | entries that a sender may be behind; more is RESUME_FIRST |
| ${limit.burst} in ${limit.burstMs / 1000} s, ${limit.muteMs / 1000} s | messages of a person, and for how long one more mutes |
| ${limit.shown}, ${limit.typingTo} | listening sockets up to which a room tells who comes, goes and reads; who types |
| ${limit.roomsOfSocket} | rooms that one socket listens to; TOO_MANY_REQUESTS beyond |
| ${limit.keptDays} days | until a closed room is deleted |`;
