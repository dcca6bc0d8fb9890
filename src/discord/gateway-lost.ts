/** Discord has closed the connection and will not take it again, for example because the token was reset. */
export class GatewayLost extends Error {
  override readonly name = 'GatewayLost';
  readonly code: number;
  constructor(code: number) {
    super(`Discord closed the connection for good (code ${code}).`);
    this.code = code;
  }
}
