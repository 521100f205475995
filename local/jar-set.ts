/** What one program needs on its class path. */
export interface JarSet {
  /** For people and for the cache folder: `kafka-4.3.1`. */
  readonly name: string;
  /** `group:artifact:version`, as Maven names them. */
  readonly artifacts: readonly string[];
  /** False: just these, nothing that they depend on. */
  readonly transitive: boolean;
}

/** The Maven project whose dependencies are these jars. */
export function pomOf({ name, artifacts, transitive }: JarSet): string {
  const dependencies = artifacts.map((artifact) => dependencyOf(artifact, transitive)).join('\n');
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sluicegate</groupId><artifactId>${name}</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
${dependencies}
  </dependencies>
</project>
`;
}

function dependencyOf(artifact: string, transitive: boolean): string {
  const [group, id, version] = artifact.split(':');
  const nothingElse = '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>';
  return `    <dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version>${transitive ? '' : nothingElse}</dependency>`;
}
