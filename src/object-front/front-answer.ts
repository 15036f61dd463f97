import type { Readable } from 'node:stream';
import type { OssError } from './oss-error.ts';

/** What a request comes to: a value, which object-front.ts writes to the connection. */
export type FrontAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: Readable;
    }
  | OssError;
