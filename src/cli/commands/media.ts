import type { Command } from 'commander';
import { deleteMediaInfos } from '../../operations/media/delete-media-infos.ts';
import { getMediaInfo } from '../../operations/media/get-media-info.ts';
import { listMediaBasicInfos } from '../../operations/media/list-media-basic-infos.ts';
import { registerMediaInfo } from '../../operations/media/register-media-info.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const COLUMNS = ['MediaType', 'Status', 'CreateTime', 'Title', 'InputURL'];

export function addMedia(program: Command, cli: Cli): void {
  const media = program
    .command('media')
    .description('Ids of files, which can stand for them wherever a job takes a file.');
  addApiCommand(media, cli, {
    name: 'register',
    operation: registerMediaInfo,
    positional: ['InputURL'],
    hidden: ['SmartTagTemplateId', 'WorkflowId'],
    text: { kind: 'fields' },
  });
  addApiCommand(media, cli, {
    name: 'list',
    operation: listMediaBasicInfos,
    text: {
      kind: 'table',
      of: ['MediaInfos'],
      columns: ['MediaId', ...COLUMNS.map((column) => `MediaBasicInfo.${column}`)],
    },
  });
  addApiCommand(media, cli, {
    name: 'get',
    operation: getMediaInfo,
    summary: 'Shows a media; with --json also where its file can be read.',
    positional: ['MediaId'],
    hidden: ['InputURL', 'OutputType'],
    text: { kind: 'fields', of: 'MediaInfo.MediaBasicInfo' },
  });
  addApiCommand(media, cli, {
    name: 'delete',
    operation: deleteMediaInfos,
    positional: ['MediaIds'],
    hidden: ['InputURLs', 'DeletePhysicalFiles'],
    text: { kind: 'fields' },
  });
}
