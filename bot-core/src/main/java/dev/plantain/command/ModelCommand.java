package dev.plantain.command;

import dev.plantain.image.ModelSpec;
import dev.plantain.settings.Setting;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import java.util.Optional;

/** Sets which model makes one's next pictures. */
final class ModelCommand extends SettingCommand {
  ModelCommand(Database database, PictureSettings pictures, Deeds deeds, Messages messages) {
    super(Setting.MODEL, database, pictures, deeds, messages);
  }

  @Override
  public Message localName() {
    return new Message.NameModel();
  }

  @Override
  public Message description() {
    return new Message.DescribeModel();
  }

  @Override
  List<Option> options(Open open) {
    return open.models().models().stream().map(ModelCommand::option).toList();
  }

  @Override
  Optional<Option> understand(Open open, String written) {
    return open.models().find(written).map(ModelCommand::option);
  }

  private static Option option(ModelSpec model) {
    return new Option(model.id(), model.name());
  }

  @Override
  Message refusal(Open open, String written) {
    return PictureSettings.modelRefused(open.models(), written);
  }

  @Override
  Message menuTitle(String current, ModelSpec model) {
    return new Message.MenuModel(current);
  }

  @Override
  int buttonsPerRow() {
    return 1;
  }
}
