// The package has no types.
declare module "sns-validator" {
  const MessageValidator: new () => {
    validate(message: string, callback: (error: Error | null) => void): void;
  };
  export = MessageValidator;
}
