import { ApiError } from "@connectry/stripe";
import { type ArgumentsHost, Catch } from "@nestjs/common";
import { BaseExceptionFilter } from "@nestjs/core";

/** Turns what the provider said into a response; all other errors are Nest's. */
@Catch()
export class ApiErrorFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost) {
    if (!ApiError.isInstance(error)) return super.catch(error, host);
    host.switchToHttp().getResponse().status(error.status).json({ message: error.message });
  }
}
