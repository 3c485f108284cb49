/** Marks where a filled-in value begins and ends. No text has it: it is no character. */
const SEAM = '\uFDD0';

const BETWEEN =
  /(?<=\p{Script=Han})\uFDD0+(?=[\p{Script=Latin}\p{N}])|(?<=[\p{Script=Latin}\p{N}])\uFDD0+(?=\p{Script=Han})/gu;

/** A value on its way into a Chinese sentence. */
export function seamed(value: string): string {
  return `${SEAM}${value}${SEAM}`;
}

/**
 * One rule for Chinese beside Latin letters and digits: a space where a value meets the sentence. Inside a value nothing
 * changes, for it may be what a program has printed.
 */
export function closeSeams(text: string): string {
  return text.replace(BETWEEN, ' ').replaceAll(SEAM, '');
}
