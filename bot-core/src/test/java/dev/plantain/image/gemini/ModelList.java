package dev.plantain.image.gemini;

import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Answers {@code GET /v1beta/models}, three models a page. */
final class ModelList {
  private static final int PAGE = 3;

  private ModelList() {}

  static ScriptedAnswer page(ModelCatalogue catalogue, List<String> gone, URI uri) {
    List<ModelSpec> living =
        catalogue.models().stream().filter(model -> !gone.contains(model.id())).toList();
    String query = String.valueOf(uri.getQuery());
    int from =
        query.contains("pageToken=page-")
            ? Integer.parseInt(query.replaceAll(".*pageToken=page-(\\d+).*", "$1"))
            : 0;
    int to = Math.min(living.size(), from + PAGE);
    String models =
        living.subList(from, to).stream()
            .map(model ->
                """
                {"name":"models/%s","displayName":"%s","supportedGenerationMethods":["generateContent"]}\
                """
                    .formatted(model.id(), model.name()))
            .collect(Collectors.joining(","));
    String next = to < living.size() ? ",\"nextPageToken\":\"page-" + to + "\"" : "";
    return ScriptedAnswer.body(
        200, "application/json", "{\"models\":[" + models + "]" + next + "}");
  }
}
