const ENCRYPTED_PREFIX = "private-encrypted-";

export const isEncrypted = (channel: string): boolean => channel.startsWith(ENCRYPTED_PREFIX);
