/** What people write over a column of years. */
export const YEAR_NAME =
  /^(?:years?|yr|年|年份|年度|年代|année|año|ano|jahr|anno|연도|년도|год|سنة|السنة|العام)$/iu;
