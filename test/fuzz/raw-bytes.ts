import fc from 'fast-check';
import { connect } from 'node:net';

/** Pieces of HTTP, in and out of place. */
const piece = fc.oneof(
  fc
    .constantFrom(
      ...[
        'GET / HTTP/1.1\r\n',
        'POST /?Action=ListSmartJobs HTTP/1.1\r\n',
        'PUT /media/a HTTP/1.1\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      ],
      ...[
        'OPTIONS * HTTP/1.1\r\n',
        'GET /%zz?%ff=%00 HTTP/1.1\r\n',
        'GET //../..//etc/passwd HTTP/1.0\r\n',
        'CONNECT a:1 HTTP/1.1\r\n',
      ],
      ...[
        'Host: x\r\n',
        'host: a\r\nhost: b\r\n',
        'Content-Length: 5\r\n',
        'Content-Length: -1\r\n',
        'Content-Length: 5\r\nContent-Length: 6\r\n',
      ],
      ...[
        'Transfer-Encoding: chunked\r\n',
        'Transfer-Encoding: chunked, gzip\r\nContent-Length: 3\r\n',
        'Expect: 100-continue\r\n',
        'Upgrade: websocket\r\nConnection: upgrade\r\n',
      ],
      ...[
        'Authorization: ACS3-HMAC-SHA256 Credential=,SignedHeaders=;;,Signature=\r\n',
        'Authorization: OSS4-HMAC-SHA256 Credential=a/b\r\n',
        'Authorization: OSS :\r\n',
      ],
      ...[
        'Content-Type: application/x-www-form-urlencoded\r\n',
        'Content-Type: ;;;=\r\n',
        'X-Forwarded-For: ,,1\r\nForwarded: for="\r\n',
        'Range: bytes=9-1,-,0-\r\n',
      ],
      ...['\r\n', '\n', '5\r\nhello\r\n0\r\n\r\n', 'fffffffff\r\n', 'a=1&a=2&%', '\0'],
    )
    .map((text) => Buffer.from(text, 'latin1')),
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(`X-${text}: ${text}\r\n`)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 1, max: 30_000 }).map((length) => Buffer.alloc(length, 'h')),
);

/** What a client writes, in the parts in which it writes it. */
export const rawRequest: fc.Arbitrary<Buffer[]> = fc.array(piece, { minLength: 1, maxLength: 12 });

/** Writes the parts, hangs up its own side, and resolves to all that came back. */
export function exchange(port: number, parts: readonly Buffer[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (answer += chunk));
    // The other side may hang up in the middle of what is written.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
