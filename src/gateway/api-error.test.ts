import { expect, test } from 'vitest';
import { API_ERRORS, statusOf } from './api-error.ts';

test('a code of its own row has the status of that row, one of a family that of the family', () => {
  expect(statusOf('InvalidParameter.JobNotFound')).toBe(400);
  expect(statusOf('InvalidAccessKeyId.NotFound')).toBe(404);
  expect(statusOf('MissingJobId')).toBe(400);
  expect(statusOf('EntityNotExist.User.AccessKey')).toBe(404);
  expect(statusOf('EntityAlreadyExists.User')).toBe(409);
  expect(statusOf('InvalidParameter.UserName.Length')).toBe(400);
});

test('no two families of codes begin the same way', () => {
  const beginnings = Object.keys(API_ERRORS)
    .filter((name) => name.endsWith('>'))
    .map((name) => name.split('<')[0] ?? '');
  const clashes = beginnings.filter((one) => beginnings.some((other) => other !== one && other.startsWith(one)));
  expect(clashes).toEqual([]);
});
