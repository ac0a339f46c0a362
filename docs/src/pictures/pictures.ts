import { goalsPicture } from "./goals.ts";
import { layersPicture } from "./layers.ts";
import { pipelinePicture } from "./pipeline.ts";
import { scalePictures } from "./scale.ts";
import { scorecardPicture } from "./scorecard.ts";
import { recordCall, timelinePicture } from "./timeline.ts";

/** The pictures of the site that are made of data, by the name of their file. */
export async function makePictures(): Promise<Readonly<Record<string, string>>> {
  return {
    "pipeline.svg": pipelinePicture(),
    "layers.svg": layersPicture(),
    "scorecard.svg": scorecardPicture(),
    "goals.svg": goalsPicture(),
    "timeline.svg": timelinePicture(await recordCall()),
    ...scalePictures(),
  };
}
