import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { bitString, booleanTrue, der, integer, objectId, octetString, sequence } from './tls-der.ts';
import { setOf, time, utf8String } from './tls-der.ts';

/** Who signs: its name, and its key on the curve P-256. */
export type Issuer = { readonly commonName: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };

export type CertificateFacts = {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly issuer: Issuer;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** DNS names and IP addresses of a server; absent for an authority, which may only sign servers. */
  readonly hosts?: readonly string[];
};

const ECDSA_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

/**
 * An X.509 certificate in PEM form. With the extensions that strict clients ask for (RFC 5280, CA/Browser Forum): key
 * identifiers, key usage, and for a server its names as alternative ones, for nobody looks at the common name.
 */
export function makeCertificate(facts: CertificateFacts): string {
  const { commonName, publicKey, issuer, validFrom, validTo } = facts;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.from([0x40 | ((randomBytes(1)[0] ?? 0) >> 2), ...randomBytes(15)])),
    ECDSA_SHA256,
    nameOf(issuer.commonName),
    sequence(time(validFrom), time(validTo)),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(facts))),
  );
  const signature = sign('sha256', body, issuer.privateKey);
  return pem(sequence(body, ECDSA_SHA256, bitString(signature)));
}

function extensions({ hosts, publicKey, issuer }: CertificateFacts): Buffer[] {
  const identifiers = [
    extension('2.5.29.14', octetString(keyId(publicKey))),
    extension('2.5.29.35', sequence(der(0x80, keyId(issuer.publicKey)))),
  ];
  if (hosts === undefined) {
    return [
      critical('2.5.29.19', sequence(booleanTrue(), integer(Buffer.from([0])))), // an authority over servers only
      critical('2.5.29.15', bitString(Buffer.from([0b0000_0110]), 1)), // signs certificates and revocation lists
      ...identifiers,
    ];
  }
  return [
    critical('2.5.29.19', sequence()), // no authority
    critical('2.5.29.15', bitString(Buffer.from([0b1000_0000]), 7)), // digital signatures
    extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))), // of a TLS server
    extension('2.5.29.17', sequence(...hosts.map(alternativeName))),
    ...identifiers,
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), octetString(value));
}

function critical(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), booleanTrue(), octetString(value));
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0
    ? der(0x82, Buffer.from(host, 'latin1'))
    : der(0x87, Buffer.from(ipaddr.parse(host).toByteArray()));
}

function nameOf(commonName: string): Buffer {
  const attribute = (id: string, text: string): Buffer => setOf(sequence(objectId(id), utf8String(text)));
  return sequence(attribute('2.5.4.10', 'smartjobs'), attribute('2.5.4.3', commonName));
}

/** The SHA-1 of the key's bits (RFC 5280, 4.2.1.2): a name for it, not a proof of anything. */
function keyId(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  // An uncompressed point of P-256 are the last 65 bytes.
  return createHash('sha1').update(spki.subarray(-65)).digest();
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
