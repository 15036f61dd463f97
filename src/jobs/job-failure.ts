/**
 * Why a job failed, as GetSmartHandleJob shows it: a code to branch on, stable across versions, and a message that
 * says what to do. A failed job is an HTTP 200 answer.
 */
export type JobFailure = { readonly code: JobFailureCode; readonly message: string };

/**
 * Every code a job can fail with. The cloud documents one of this kind, `SpeechTranslationNoValidVocal`, for
 * speech translation; the rest are this server's own.
 */
export const JOB_FAILURE_CODES = {
  InputFileNotFound: 'The object or URL named by the input does not exist.',
  InputFetchRefused: 'The URL leads to an address that this server must not fetch from.',
  InputFetchFailed: 'The URL could not be fetched.',
  InputFileTooLarge: 'The input is larger than the limit.',
  InputFileUnreadable: 'The input is broken or of a format that the media tools cannot read.',
  InputPlaylistInvalid:
    'The input is an HLS playlist, and it or one of its segments is broken: the message names it.',
  InputPlaylistUnsupported:
    'The input is an HLS playlist that is live, protected by DRM, or of a kind that no recording is made from.',
  NoAudioTrack: 'The input has no audio track.',
  NoValidVocal: 'No human voice was found in the part of the recording that was asked for.',
  UnsupportedLanguage: 'No configured engine recognizes the language that was asked for.',
  HotwordLibraryNotFound: 'The hotword library that the job names was deleted after the submit.',
  HotwordsUnsupported: 'No configured engine for the language of the job takes hotwords.',
  VoiceUnavailable: 'The voice that the job names, or any for the language of its text, is not there any more.',
  TextUnspeakable: 'The text holds something that the engine of its voice cannot say.',
  SpeechTranslationNoValidVocal:
    'The recording to be translated has no human voice, and no text to take its place.',
  NoTextInPicture: 'The text was to be read from the picture, and there is none that can be read.',
  SubtitleFileUnreadable: 'The subtitle file that the job names is broken: the message names the line.',
  TranslationUnavailable: 'No configured engine translates between the languages of the job.',
  TranslationFailed: 'Not one line could be translated.',
  SpreadsheetTooLarge:
    'The spreadsheet, what it unpacks to, its cells, or the memory or time to read it pass a limit.',
  SpreadsheetEncrypted: 'The workbook is protected by a password.',
  SpreadsheetFormatUnsupported: 'The file is something else than an .xls, .xlsx or .csv, whatever its name says.',
  SpreadsheetUnreadable: 'The spreadsheet is cut off, damaged, or built to harm its reader.',
  SpreadsheetSheetNotFound: 'The workbook has no sheet of the name that was asked for.',
  SpreadsheetEmpty: 'The sheet has no visible cell with something in it.',
  SpreadsheetNoNumbers: 'The sheet has cells, but no column of numbers to draw.',
  SpreadsheetCellInvalid: 'A cell that is to be drawn has no number, or a formula without a result.',
  BackgroundImageUnreadable: 'The background of a chart is no picture that can be decoded, or too large a one.',
  OutputObjectExists: 'Overwrite is false, and there is an object of the name of the output.',
  OutputNotWritten: 'The object store refuses the output: the bucket, its name, or the quota of the account.',
  EngineUnavailable: 'The engine that the job needs is not installed or does not answer.',
  EngineFailed: 'The engine gave up on this input.',
  JobCanceled: 'Somebody canceled the job.',
  WorkerLost: 'Every worker that ran the job died before it ended.',
  InternalError: 'A fault of this server. Its log has the details under the job id.',
} as const;

export type JobFailureCode = keyof typeof JOB_FAILURE_CODES;

export function jobFailure(code: JobFailureCode, message: string): JobFailure {
  return { code, message };
}
