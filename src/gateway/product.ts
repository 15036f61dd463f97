/** The version that each product is served in. One endpoint serves them all: the version of a request tells which. */
export const PRODUCT_VERSIONS = { ice: '2020-11-09', ram: '2015-05-01', sts: '2015-04-01' } as const;

export type Product = keyof typeof PRODUCT_VERSIONS;
