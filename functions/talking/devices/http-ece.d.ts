/** The part of `http_ece` that moim uses; the package has no types. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  interface Parameters {
    readonly version: 'aes128gcm';
    /** The receiver's public key, base64url or bytes. */
    readonly dh: string | Uint8Array;
    readonly privateKey: ECDH;
    /** 16 bytes, base64url or bytes. */
    readonly salt: string | Uint8Array;
    readonly authSecret: string | Uint8Array;
  }
  const ece: { encrypt(content: Buffer, parameters: Parameters): Buffer<ArrayBuffer> };
  export default ece;
}
