import type { Command } from 'commander';
import { createHotwordLibrary } from '../../operations/create-hotword-library.ts';
import { deleteHotwordLibrary } from '../../operations/delete-hotword-library.ts';
import { getHotwordLibrary } from '../../operations/get-hotword-library.ts';
import { listHotwordLibraries } from '../../operations/list-hotword-libraries.ts';
import { updateHotwordLibrary } from '../../operations/update-hotword-library.ts';
import { addApiCommand } from '../api-command.ts';
import type { Cli } from '../cli-context.ts';

const ID = { positional: ['HotwordLibraryId'] } as const;

export function addHotwords(program: Command, cli: Cli): void {
  const hotwords = program
    .command('hotwords')
    .description('Libraries of words that recordings are likely to hold, for speech recognition.');
  addApiCommand(hotwords, cli, {
    name: 'create',
    operation: createHotwordLibrary,
    positional: ['Name'],
    files: ['Hotwords'],
    usual: { UsageScenario: 'ASR' },
    text: { kind: 'fields' },
    hint: 'Submit a recording with --editing-config \'{"HotwordLibraryIdList":"<the id>"}\'.',
  });
  addApiCommand(hotwords, cli, {
    name: 'list',
    operation: listHotwordLibraries,
    text: {
      kind: 'table',
      of: ['HotwordLibraryList'],
      columns: ['HotwordLibraryId', 'UsageScenario', 'CreationTime', 'Name', 'Description'],
    },
  });
  addApiCommand(hotwords, cli, { name: 'get', operation: getHotwordLibrary, ...ID, text: { kind: 'fields' } });
  addApiCommand(hotwords, cli, {
    name: 'update',
    operation: updateHotwordLibrary,
    ...ID,
    text: { kind: 'said', said: ({ HotwordLibraryId }) => `Changed the hotword library ${HotwordLibraryId}.` },
  });
  addApiCommand(hotwords, cli, {
    name: 'delete',
    operation: deleteHotwordLibrary,
    ...ID,
    text: { kind: 'said', said: ({ HotwordLibraryId }) => `Deleted the hotword library ${HotwordLibraryId}.` },
  });
}
