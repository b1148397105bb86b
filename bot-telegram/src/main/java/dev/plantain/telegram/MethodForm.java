package dev.plantain.telegram;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.media.InputMedia;

/**
 * The parameters of a call and the files that go with it.
 *
 * <p>The library's own client reads streams into memory, names parts after files so that two of one
 * name collide, and calls every file an {@code application/octet-stream}; here files are streamed
 * from disk under names of our own.
 */
record MethodForm(ObjectNode parameters, List<FilePart> files) {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final String FILES = "files";

  /** The fields of the library's methods are named like the parameters, in camel case. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .addMixIn(InputFile.class, WrittenByUs.class)
          .addModule(new SimpleModule().setSerializerModifier(new AttachedMedia()))
          .build();

  /** A file to be streamed from disk. */
  record FilePart(String part, File file, String fileName) {}

  static MethodForm of(PartialBotApiMethod<?> method) {
    List<FilePart> files = new ArrayList<>();
    try {
      byte[] json = MAPPER.writer().withAttribute(FILES, files).writeValueAsBytes(method);
      ObjectNode parameters = (ObjectNode) MAPPER.readTree(json);
      // The library repeats the name of the method as a parameter, which is none of the API's.
      parameters.remove("method");
      return new MethodForm(parameters, files);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  RequestBody body() {
    if (files.isEmpty()) {
      return RequestBody.create(parameters.toString(), JSON);
    }
    MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
    parameters
        .properties()
        .forEach(each -> body.addFormDataPart(each.getKey(), text(each.getValue())));
    for (FilePart file : files) {
      body.addFormDataPart(
          file.part(), file.fileName(), RequestBody.create(file.file(), type(file.fileName())));
    }
    return body.build();
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static MediaType type(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return MediaType.get(
        switch (ending) {
          case "png" -> "image/png";
          case "jpg", "jpeg" -> "image/jpeg";
          case "webp" -> "image/webp";
          case "gif" -> "image/gif";
          case "heic" -> "image/heic";
          case "heif" -> "image/heif";
          default -> "application/octet-stream";
        });
  }

  /** Notes the file and gives what stands for it among the parameters. */
  private static String attach(SerializerProvider provider, File file, String fileName) {
    if (!file.isFile()) {
      throw new UncheckedIOException(new NoSuchFileException(file.getPath()));
    }
    @SuppressWarnings("unchecked") // set by `of` and by nobody else
    List<FilePart> files = (List<FilePart>) provider.getAttribute(FILES);
    String part = "file" + files.size();
    files.add(new FilePart(part, file, fileName));
    return "attach://" + part;
  }

  private static IllegalArgumentException notOnDisk() {
    return new IllegalArgumentException("only files on disk can be sent, not streams");
  }

  /** Stands in for the library's own choice of a serializer, which knows nothing of our names. */
  @JsonSerialize(using = AttachedFile.class)
  private interface WrittenByUs {}

  private static final class AttachedFile extends JsonSerializer<InputFile> {
    @Override
    public void serialize(InputFile file, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!file.isNew()) {
        json.writeString(file.getAttachName());
      } else if (file.getNewMediaFile() != null) {
        json.writeString(attach(provider, file.getNewMediaFile(), file.getMediaName()));
      } else {
        throw notOnDisk();
      }
    }
  }

  private static final class AttachedMedia extends BeanSerializerModifier {
    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
      if (InputMedia.class.isAssignableFrom(bean.getBeanClass())) {
        properties.replaceAll(each -> each.getName().equals("media") ? new Media(each) : each);
      }
      return properties;
    }
  }

  private static final class Media extends BeanPropertyWriter {
    Media(BeanPropertyWriter base) {
      super(base);
    }

    @Override
    public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider provider)
        throws Exception {
      InputMedia media = (InputMedia) bean;
      if (!media.isNewMedia()) {
        super.serializeAsField(bean, json, provider);
      } else if (media.getNewMediaFile() != null) {
        json.writeStringField(
            "media", attach(provider, media.getNewMediaFile(), media.getMediaName()));
      } else {
        throw notOnDisk();
      }
    }
  }
}
