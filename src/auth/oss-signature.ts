import type { AccessKeys } from './access-key.ts';
import type { OssRequest } from './oss-request.ts';
import { verifyOssV1Header, verifyOssV1Url } from './oss-signature-v1.ts';
import { OSS_V4_ALGORITHM, verifyOssV4Header, verifyOssV4Url } from './oss-signature-v4.ts';
import { refuseOss, type OssVerdict } from './oss-verdict.ts';

/**
 * Who sent a request to the object storage: the four ways to sign one, told apart by where the signature lies.
 * @param now milliseconds since the epoch
 */
export async function verifyOssSignature(request: OssRequest, keys: AccessKeys, now: number): Promise<OssVerdict> {
  const authorization = request.headers['authorization'];
  const v1Url = request.query.has('OSSAccessKeyId') || request.query.has('Signature');
  const v4Url = request.query.has('x-oss-signature') || request.query.has('x-oss-credential');
  if (Number(authorization !== undefined) + Number(v1Url) + Number(v4Url) > 1) {
    return refuseOss('InvalidArgument', 'The request is signed more than once: sign in the header or in the URL.');
  }
  if (v4Url) return verifyOssV4Url(request, keys, now);
  if (v1Url) return verifyOssV1Url(request, keys, now);
  if (authorization === undefined) {
    return refuseOss('AccessDenied', 'Anonymous access is forbidden for this operation: sign the request.');
  }
  if (authorization.startsWith(`${OSS_V4_ALGORITHM} `)) return verifyOssV4Header(request, keys, now);
  return verifyOssV1Header(request, keys, now);
}
