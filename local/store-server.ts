/** Something that speaks DynamoDB's protocol on this machine. It holds no table until one is created, and forgets all at its end. */
export interface StoreServer {
  /** `http://127.0.0.1:PORT`, for a DynamoDB client with any region and credentials. */
  readonly endpoint: string;
  stop(): Promise<void>;
}
