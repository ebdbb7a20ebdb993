/** The stored records of the bucket engine: objects, multipart uploads, and the configuration of a bucket. */

/** Checksums by their name in headers (`crc32`, `sha256`, ...), in base64 as S3 sends them. */
export type Checksums = Readonly<Record<string, string>>;

export interface ObjectRecord {
  readonly key: string;
  /** The name of the bytes in the storage. Every write gets a new name, so a reader never sees half of a write. */
  readonly data: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970, UTC. */
  readonly modifiedAt: number;
  /** content-type, cache-control and the like, as they are answered. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, without the `x-amz-meta-` prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksums: Checksums;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE';
}

export interface PartRecord {
  readonly data: string;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly checksums: Checksums;
}

export interface UploadRecord {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly algorithm?: string;
  readonly checksumType?: string;
  readonly parts: Readonly<Record<string, PartRecord>>;
}

/** A rule of CloudFormation's `CorsConfiguration`. */
export interface CorsRule {
  readonly Id?: string;
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  /** Seconds. */
  readonly MaxAge?: number;
}

export interface CorsConfiguration {
  readonly CorsRules: readonly CorsRule[];
}

/** A rule of CloudFormation's `LifecycleConfiguration`, as far as the engine supports it. */
export interface LifecycleRule {
  readonly Id?: string;
  readonly Status: 'Enabled' | 'Disabled';
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
}

export interface LifecycleConfiguration {
  readonly Rules: readonly LifecycleRule[];
}
