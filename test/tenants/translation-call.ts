import type { Tenant } from './tenant.ts';

/** A translation whose subtitle is translated already: no engine has to be there. */
export function translation(
  own: Tenant,
  more: Record<string, string>,
  OriginalJobId?: string,
): Record<string, string> {
  const SubtitleTranslate = { OriginalJobId };
  return {
    ...{ Title: `${own.mark}-film`, UserData: own.mark },
    InputConfig: '{"Type":"Video","Video":"oss://media/a.mp4","Subtitle":"oss://media/a.srt"}',
    OutputConfig: JSON.stringify({ MediaURL: `oss://${own.mark.toLowerCase()}/film.mp4` }),
    EditingConfig: JSON.stringify({
      ...{ TargetLanguage: 'es', TextSource: 'SubtitleFile', CustomSrtType: 'TargetSrt', SubtitleTranslate },
    }),
    ...more,
  };
}
