/** The two examples that "ALMS Account Migration" publishes, as exports of the systems grid. */
import example1 from "../../../../migrate/data/example-1.csv?url";
import example2 from "../../../../migrate/data/example-2.csv?url";

export interface Example {
  readonly title: string;
  readonly says: string;
  readonly address: string;
  readonly name: string;
  readonly tokens: string;
  readonly on: string;
}

export const EXAMPLES: Readonly<Record<string, Example>> = {
  "1": {
    title: "Example 1: without AirLink Complete",
    says: "41 systems without a support date, 261 tokens, 25 March 2023; one has been silent for over a year.",
    address: example1,
    name: "Published example 1",
    tokens: "261",
    on: "2023-03-25",
  },
  "2": {
    title: "Example 2: with AirLink Complete",
    says: "13 systems, 60 tokens, May 2023 (here the 15th); two have support until August 2023.",
    address: example2,
    name: "Published example 2",
    tokens: "60",
    on: "2023-05-15",
  },
};
