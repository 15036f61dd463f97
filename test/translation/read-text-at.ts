import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What stands in a frame of a video, as another reader than the server's reads it: white letters on anything. */
export async function readTextAt(video: string, seconds: number, picture: string): Promise<string> {
  // Letters are the brightest of the picture: they become black on white, which Tesseract was trained on.
  const filter = "scale=iw*2:-1,format=gray,lut=y='if(gt(val,225),0,255)'";
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-ss', String(seconds), '-i', video, '-frames:v', '1', '-vf', filter, picture],
  ]);
  const { stdout } = await run('tesseract', [picture, '-', '-l', 'eng', '--psm', '6']);
  return stdout;
}
