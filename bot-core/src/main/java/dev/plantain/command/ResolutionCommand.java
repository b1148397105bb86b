package dev.plantain.command;

import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.settings.Setting;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import java.util.Optional;

/** Sets how large one's next pictures are. */
final class ResolutionCommand extends SettingCommand {
  ResolutionCommand(Database database, PictureSettings pictures, Deeds deeds, Messages messages) {
    super(Setting.RESOLUTION, database, pictures, deeds, messages);
  }

  @Override
  public Message localName() {
    return new Message.NameResolution();
  }

  @Override
  public Message description() {
    return new Message.DescribeResolution();
  }

  @Override
  List<Option> options(Open open) {
    return open.model().sizes().stream().map(ResolutionCommand::option).toList();
  }

  @Override
  Optional<Option> understand(Open open, String written) {
    return PictureSettings.size(open.model(), written).map(ResolutionCommand::option);
  }

  private static Option option(ImageSize size) {
    return new Option(size.label(), size.label());
  }

  @Override
  Message refusal(Open open, String written) {
    return PictureSettings.sizeRefused(open.models(), open.model(), written);
  }

  @Override
  Message menuTitle(String current, ModelSpec model) {
    return new Message.MenuResolution(current, model.name());
  }

  @Override
  int buttonsPerRow() {
    return 4;
  }
}
