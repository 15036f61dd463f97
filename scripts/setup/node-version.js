/**
 * Whether a Node.js version satisfies `engines.node`. Knows the two forms that package.json uses, joined by `||`:
 * `^20.19` (that major, from that minor) and `>=24`. Runs before any package is installed, hence no semver.
 *
 * @param {string} version such as `20.19.1`
 * @param {string} engines such as `^20.19 || >=24`
 */
export function nodeVersionServes(version, engines) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return engines.split('||').some((range) => {
    const match = /^\s*(\^|>=)(\d+)(?:\.(\d+))?\s*$/.exec(range);
    if (match === null) {
      throw new Error(`package.json: engines.node has a range of a form that set-up does not know: ${range}`);
    }
    const [, operator, wantedMajor, wantedMinor = '0'] = match;
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return operator === '>=' && major > Number(wantedMajor);
  });
}
