import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";

async function start() {
  const app = await NestFactory.create(AppModule, { logger: ["error"], rawBody: true });
  await app.listen(process.env.PORT ?? 3000);
}

void start();
