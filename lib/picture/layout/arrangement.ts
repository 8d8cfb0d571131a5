/**
 * Which layouts these are. Browsers keep places; those of another arrangement are let go of, or a better layout would be seen only by who
 * has them arranged anew. To be raised whenever a layout places what it placed before elsewhere: arrangement.test.ts tells.
 */
export const ARRANGEMENT = 1;
