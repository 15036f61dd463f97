import type { HostileFile, Places } from './hostile-file.ts';

/**
 * Files that name further files: what decoders follow by themselves. Each is tried with a recording outside of the
 * job's folder, which would come back as its transcript, and with an address that somebody listens on.
 */
export function playlists({ recording, address }: Places): HostileFile[] {
  const targets = [
    ['a file', `file://${recording}`, 'InputFetchRefused'],
    // Names of objects, for whoever reads it as one.
    ['a path', recording, 'InputFileNotFound'],
    ['the subfile protocol', `subfile,,start,0,end,0,,:${recording}`, 'InputFileNotFound'],
    ['a way up', `../../../../../../..${recording}`, 'InputFetchRefused'],
    ['an address', `${address}/a.wav`, 'InputFetchRefused'],
    ['the concat protocol', `concat:${recording}|${address}/a.wav`, 'InputFetchRefused'],
    ['the crypto protocol', `crypto+file://${recording}`, 'InputFetchRefused'],
  ] as const;
  return targets.flatMap(([what, target, hlsCode]) =>
    Object.entries(FORMS).map(([form, write]) => ({
      name: `${form} of ${what}`,
      key: `${form.replaceAll(/\W/g, '-')}-${what.replaceAll(' ', '-')}.mp3`,
      content: Buffer.from(write(target)),
      // HLS is read by this server itself, each address like that of an input; the others by nobody.
      code: form.startsWith('HLS') ? hlsCode : 'InputFileUnreadable',
    })),
  );
}

const FORMS: Readonly<Record<string, (target: string) => string>> = {
  'HLS playlist': (target) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${target}\n#EXT-X-ENDLIST\n`,
  'HLS master': (target) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${target}\n`,
  'HLS key': (target) =>
    `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${target}",IV=0x1\n#EXT-X-MAP:URI="${target}"\n#EXTINF:10,\n${target}\n#EXT-X-ENDLIST\n`,
  ffconcat: (target) => `ffconcat version 1.0\nfile '${target}'\nduration 10\n`,
  DASH: (target) =>
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT10S"><Period>` +
    `<AdaptationSet contentType="audio"><Representation id="1" bandwidth="1"><BaseURL>${target}</BaseURL>` +
    `<SegmentList><SegmentURL media="${target}"/></SegmentList></Representation></AdaptationSet></Period></MPD>`,
  SDP: (target) =>
    `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=${target}\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n`,
  'Smooth Streaming': (target) =>
    `<SmoothStreamingMedia MajorVersion="2"><StreamIndex Type="audio" Url="${target}"/></SmoothStreamingMedia>`,
  PLS: (target) => `[playlist]\nFile1=${target}\nLength1=10\nNumberOfEntries=1\n`,
  XSPF: (target) =>
    `<playlist xmlns="http://xspf.org/ns/0/"><trackList><track><location>${target}</location></track></trackList></playlist>`,
  'RealAudio list': (target) => `${target}\n`,
};
