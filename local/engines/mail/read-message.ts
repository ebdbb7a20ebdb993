import PostalMime, { addressParser, decodeWords } from 'postal-mime';
import type { Mail } from './mail-store.ts';
import { SesRefusal } from './ses-answers.ts';

/** The mail that a send request asks for, before it is in the box. */
export type Message = Omit<Mail, 'id' | 'at'> & {
  /** The bare address of the sender. Its identity must be verified. */
  readonly sender: string;
};

/** SES accepts 50 recipients for a message, and 10 MB with SendEmail and SendRawEmail of version 1. */
const maxRecipients = 50;
const maxBytes = 10 * 1024 * 1024;

const invalid = (message: string) => new SesRefusal('InvalidParameterValue', message);

/** The bare addresses in a header-like value such as `Moim <no-reply@moim.example>`. */
function addressesIn(text: string): string[] {
  return addressParser(text, { flatten: true }).flatMap((entry) => (entry.address ? [entry.address] : []));
}

function checkAddress(text: string): string {
  const [address, second] = addressesIn(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in an address would forge headers
  if (/[\u0000-\u001f\u007f]/.test(text)) throw invalid('Address contains control characters.');
  if (!address || second) throw invalid(`Illegal address: ${text}`);
  if (!/^[\x21-\x7e]+@[^\s@]+$/.test(address) || !address.includes('@')) throw invalid(`Illegal address: ${address}`);
  return address;
}

/** The values of `<name>.member.1`, `.2` and so on, the form of lists in the query protocol. */
function membersOf(form: URLSearchParams, name: string): string[] {
  const found: string[] = [];
  for (let n = 1; ; n++) {
    const value = form.get(`${name}.member.${n}`);
    if (value === null) return found;
    found.push(value);
  }
}

function checkRecipients(recipients: readonly string[]): string[] {
  if (recipients.length === 0) throw invalid('Missing required header: no recipients were specified.');
  if (recipients.length > maxRecipients)
    throw new SesRefusal('MessageRejected', `Recipient count exceeds ${maxRecipients}.`);
  return recipients.map(checkAddress);
}

/** The configuration set of a message, and the tags for its reports. */
function sendingOf(form: URLSearchParams): Pick<Message, 'configurationSet' | 'tags'> {
  const configurationSet = form.get('ConfigurationSetName');
  const tags: Record<string, string> = {};
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n++) {
    const [name, value] = [form.get(`Tags.member.${n}.Name`)!, form.get(`Tags.member.${n}.Value`) ?? ''];
    for (const text of [name, value])
      if (!/^[\w-]{1,256}$/.test(text)) throw invalid(`Message tag <${text}> is not valid.`);
    tags[name] = value;
  }
  return { ...(configurationSet ? { configurationSet } : {}), ...(Object.keys(tags).length > 0 ? { tags } : {}) };
}

function readSendEmail(form: URLSearchParams): Message {
  const source = form.get('Source');
  if (!source) throw invalid('Missing required parameter Source.');
  const sender = checkAddress(source);
  const lists = ['ToAddresses', 'CcAddresses', 'BccAddresses'];
  const to = checkRecipients(lists.flatMap((list) => membersOf(form, `Destination.${list}`)));
  for (const reply of membersOf(form, 'ReplyToAddresses')) checkAddress(reply);
  const subject = form.get('Message.Subject.Data');
  if (subject === null) throw invalid('Missing required parameter Message.Subject.Data.');
  if (/[\r\n]/.test(subject)) throw invalid('The subject must not contain line breaks.');
  const [text, html] = [form.get('Message.Body.Text.Data'), form.get('Message.Body.Html.Data')];
  if (text === null && html === null) throw invalid('Missing required parameter Message.Body.');
  return { sender, from: source, to, subject, text: text ?? '', html: html ?? '', ...sendingOf(form) };
}

/** The text of a part as its writer gave it: mails have line breaks of their own, and one at the end. */
const asWritten = (text = '') => text.replaceAll('\r\n', '\n').trimEnd();

async function readSendRawEmail(form: URLSearchParams): Promise<Message> {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw invalid('Missing required parameter RawMessage.Data.');
  if (raw.length > maxBytes) throw invalid(`Message length is more than ${maxBytes} bytes long: '${raw.length}'.`);
  const mail = await PostalMime.parse(raw);
  const flat = [mail.to, mail.cc, mail.bcc].flatMap((list) => list ?? []).flatMap((a) => a.group ?? [a]);
  const destinations = membersOf(form, 'Destinations');
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, decodeWords(value)]));
  const { from } = headers;
  if (!from) throw invalid("Missing required header 'From'.");
  return {
    sender: checkAddress(form.get('Source') ?? mail.from?.address ?? ''),
    from,
    to: checkRecipients(destinations.length > 0 ? destinations : flat.map((a) => a.address ?? '')),
    subject: mail.subject ?? '',
    text: asWritten(mail.text),
    html: asWritten(mail.html),
    headers,
    ...sendingOf(form),
  };
}

/**
 * Reads the message of SendEmail or SendRawEmail.
 *
 * @throws SesRefusal; InvalidAction for any other operation
 */
export async function readMessage(action: string, form: URLSearchParams): Promise<Message> {
  if (action === 'SendEmail') return readSendEmail(form);
  if (action === 'SendRawEmail') return readSendRawEmail(form);
  throw new SesRefusal(
    'InvalidAction',
    `The local mail box does not know ${action || 'a request without an Action'}: only SendEmail and SendRawEmail.`,
  );
}
