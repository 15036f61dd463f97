import OSS from 'ali-oss';

/** Whose objects, and where they are; a TestServer has it. */
type Place = { readonly accessKeyId: string; readonly accessKeySecret: string; readonly objects: string };

/** The official client of the service's object store, path-style. */
export function objectClient({ accessKeyId, accessKeySecret, objects }: Place, bucket: string): OSS {
  return new OSS({ accessKeyId, accessKeySecret, endpoint: objects, sldEnable: true, bucket } as OSS.Options);
}
