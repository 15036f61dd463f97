import type { SynthesisEngines } from './synthesis-engines.ts';

/** For the start-up text: what speaks, or what to install. */
export function describeSynthesis({ engines, voices, engineOf }: SynthesisEngines): string {
  const speaking = engines.flatMap((engine) => {
    const count = voices.filter(({ id }) => engineOf(id) === engine).length;
    return count === 0 ? [] : [`${engine.name} (${count} ${count === 1 ? 'voice' : 'voices'})`];
  });
  if (speaking.length > 0) return speaking.join(', ');
  return 'nothing speaks: install flite and espeak-ng (Debian, Ubuntu: apt-get install flite espeak-ng)';
}
