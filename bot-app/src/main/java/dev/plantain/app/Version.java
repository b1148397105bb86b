package dev.plantain.app;

import picocli.CommandLine.IVersionProvider;

/** Tells which version of the program this is. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"plantain " + (version == null ? "(not packaged)" : version)};
  }
}
