package dev.plantain.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What one writes first: the answer as a tree, and the picture out of it. */
final class Naive {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final OkHttpClient client = new OkHttpClient();
  private final Request request;

  Naive(URI baseUrl) {
    request =
        new Request.Builder()
            .url(baseUrl + "/v1beta/models/m:generateContent")
            .header("Accept-Encoding", "identity")
            .post(
                RequestBody.create(
                    "{\"contents\":[{\"parts\":[{\"text\":\"make it nighttime\"}]}]}",
                    MediaType.get("application/json")))
            .build();
  }

  byte[] generate() throws IOException {
    try (Response response = client.newCall(request).execute()) {
      for (JsonNode part :
          JSON.readTree(response.body().byteStream()).at("/candidates/0/content/parts")) {
        if (part.has("inlineData")) {
          return part.path("inlineData").path("data").binaryValue();
        }
      }
      throw new IOException("no picture");
    }
  }

  /** Reads the answer and does nothing with it, which is the least that it can cost. */
  void drop() throws IOException {
    byte[] block = new byte[64 * 1024];
    try (Response response = client.newCall(request).execute();
        InputStream in = response.body().byteStream();
        OutputStream nowhere = OutputStream.nullOutputStream()) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        nowhere.write(block, 0, read);
      }
    }
  }
}
