/** Sees the frames of a WebSocket as they come in: `ws` hands out messages only, API Gateway also limits frames. */

/** Bytes of a frame's first two, of its longer length, and of its mask. */
const shortHeader = 2;
const maskBytes = 4;

/**
 * A reader of the bytes a client sends. It gives true from the frame on whose payload is above `limit` bytes; the frame
 * need not have arrived whole.
 */
export function frameWatch(limit: number): (chunk: Uint8Array) => boolean {
  let header: number[] = [];
  let payloadLeft = 0;
  let exceeded = false;

  /** The length that a header tells, or undefined while more of it must come. */
  function lengthOf(): number | undefined {
    if (header.length < shortHeader) return undefined;
    const masked = (header[1]! & 0x80) !== 0;
    const told = header[1]! & 0x7f;
    const longer = told === 126 ? 2 : told === 127 ? 8 : 0;
    if (header.length < shortHeader + longer + (masked ? maskBytes : 0)) return undefined;
    return longer === 0
      ? told
      : header.slice(shortHeader, shortHeader + longer).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length && !exceeded; ) {
      if (payloadLeft > 0) {
        const taken = Math.min(payloadLeft, chunk.length - at);
        payloadLeft -= taken;
        at += taken;
        continue;
      }
      header.push(chunk[at++]!);
      const length = lengthOf();
      if (length === undefined) continue;
      header = [];
      payloadLeft = length;
      exceeded = length > limit;
    }
    return exceeded;
  };
}
