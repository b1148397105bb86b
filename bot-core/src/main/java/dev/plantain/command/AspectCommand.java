package dev.plantain.command;

import dev.plantain.image.AspectRatio;
import dev.plantain.image.ModelSpec;
import dev.plantain.settings.Setting;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import java.util.Optional;

/** Sets the shape of one's next pictures. */
final class AspectCommand extends SettingCommand {
  AspectCommand(Database database, PictureSettings pictures, Deeds deeds, Messages messages) {
    super(Setting.ASPECT, database, pictures, deeds, messages);
  }

  @Override
  public Message localName() {
    return new Message.NameAspect();
  }

  @Override
  public Message description() {
    return new Message.DescribeAspect();
  }

  @Override
  List<Option> options(Open open) {
    return open.model().ratios().stream().map(AspectCommand::option).toList();
  }

  @Override
  Optional<Option> understand(Open open, String written) {
    return AspectRatio.parse(written)
        .filter(open.model().ratios()::contains)
        .map(AspectCommand::option);
  }

  private static Option option(AspectRatio ratio) {
    return new Option(ratio.toString(), ratio.toString());
  }

  @Override
  Message refusal(Open open, String written) {
    return PictureSettings.ratioRefused(open.model(), written);
  }

  @Override
  Message menuTitle(String current, ModelSpec model) {
    return new Message.MenuAspect(current, model.name());
  }

  @Override
  int buttonsPerRow() {
    return 5;
  }
}
