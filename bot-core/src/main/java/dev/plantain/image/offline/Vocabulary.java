package dev.plantain.image.offline;

import static dev.plantain.image.offline.Wish.Filter.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The words for each wish in English, Danish and Chinese, as patterns. */
final class Vocabulary {
  static final Map<Wish.Filter, Pattern> FILTERS = new EnumMap<>(Wish.Filter.class);

  static {
    FILTERS.put(
        NIGHT,
        words(
            "nights?|night[- ]?time|midnight|nocturnal|evening|nightfall"
                + "|nat|natten|nattetid|midnat|nattebillede|nattestemning|nattehimmel|aften",
            "夜晚|夜间|黑夜|深夜|晚上|夜景|夜色|半夜|午夜|夜空|夜里|夜"));
    FILTERS.put(
        DAY,
        words(
            "day|day[- ]?time|day[- ]?light|sunny|sunshine"
                + "|dag|dagen|dagslys|dagtid|solskin|solrig\\p{L}*",
            "白天|白昼|日间|晴天|阳光"));
    FILTERS.put(
        SEPIA, words("sepia\\p{L}*|vintage|retro|old[- ]time|gammeldags", "复古|怀旧|棕褐色?|老照片|褐色|泛黄"));
    FILTERS.put(
        MONOCHROME,
        words(
            "black[- ]?(?:and|&|n|'n')?[- ]?white|b ?[&/] ?w|bw|gr[ae]y[- ]?scale|monochrom\\p{L}*"
                + "|gr[ae]y|desaturated?"
                + "|sort[- /]?(?:og[- ])?hvidt?|gråtone\\p{L}*|gråskala|grå|monokrom",
            "黑白|灰度|单色|灰阶|灰色"));
    FILTERS.put(
        BLUR,
        words(
            "blur\\p{L}*|soft[- ]focus|defocus|slør\\p{L}*|uskarp\\p{L}*|utydelig\\p{L}*",
            "模糊|虚化|柔焦"));
    FILTERS.put(
        SHARPEN,
        words("sharp|sharper|sharpen\\p{L}*|crisp\\p{L}*|skarp\\p{L}*|skærp\\p{L}*", "锐化|清晰|锐利"));
    FILTERS.put(
        SKETCH,
        words(
            "sketch\\p{L}*|pencil|drawing|line art|charcoal|skitse\\p{L}*|blyant\\p{L}*|tegning\\p{L}*",
            "素描|铅笔|手绘|线稿|速写"));
    FILTERS.put(
        CARTOON,
        words(
            "cartoon\\p{L}*|comic|comics|comic book|toon|tegneserie\\p{L}*|tegnefilm\\p{L}*",
            "卡通|漫画|动漫|动画"));
    FILTERS.put(
        PIXELATE,
        words(
            "pixelat\\p{L}*|pixel art|pixelis\\p{L}*|pixele?ret|mosaic|mosaik|8[- ]?bit|pixeler",
            "像素|马赛克"));
    FILTERS.put(
        WARM,
        words("warm\\p{L}*|golden hour|co[sz]y|varm\\p{L}*|hyggelig\\p{L}*", "暖色|温暖|变暖|更暖|暖"));
    FILTERS.put(
        COOL,
        words("cool\\p{L}*|cold\\p{L}*|icy|wintry|kold\\p{L}*|kølig\\p{L}*", "冷色|寒冷|变冷|更冷|清凉|冷"));
    FILTERS.put(
        BRIGHTER,
        words(
            "bright\\p{L}*|lighter|lighten\\p{L}*|less dark"
                + "|lysere|lysne|lys op|lyst|mindre mørk\\p{L}*",
            "变亮|更亮|提亮|调亮|增亮|加亮|明亮|亮一点|亮一些|亮"));
    FILTERS.put(
        DARKER,
        words(
            "dark|darker|darken\\p{L}*|dim|dimmer|less bright"
                + "|mørk|mørkt|mørkere|formørk\\p{L}*|mindre lyst?",
            "变暗|更暗|调暗|加深|昏暗|暗一点|暗一些|暗"));
    FILTERS.put(
        INVERT,
        words("invert\\p{L}*|inverse|negative|inverter\\p{L}*|negativ", "反色|反相|反转颜色|颜色反转|负片|底片"));
    FILTERS.put(
        STARS,
        words(
            "stars?|starry|starlit|starlight|stjerner?|stjernerne|stjernehimmel\\p{L}*",
            "星星|星空|繁星|星光|星"));
    FILTERS.put(MOON, words("moon|moonlight|full moon|måne|månen|månelys|fuldmåne", "月亮|满月|圆月|月光"));
    FILTERS.put(
        VIGNETTE,
        words(
            "vignet\\p{L}*|dark(?:er)? (?:edges|corners)|mørke(?:re)? (?:kanter|hjørner)",
            "暗角|晕影"));
    FILTERS.put(MIRROR, words("mirror\\p{L}*|flip\\p{L}*|spejl\\p{L}*", "镜像|水平翻转|左右翻转|翻转|镜面"));
    FILTERS.put(
        FLIP,
        words(
            "flip\\p{L}*(?: it| the picture)? (?:vertical|vertically)|vertical (?:flip|mirror)"
                + "|mirror\\p{L}* vertically|spejl\\p{L}*(?: det)? (?:lodret|vertikalt)",
            "垂直翻转|上下翻转|垂直镜像"));
  }

  static final Pattern HALF_TURN = words("upside[- ]down|på hovedet", "倒过来|颠倒");

  /** Turning is said of much else ("turn it into …"): group 1 alone does not make a rotation. */
  static final Pattern TURN =
      words(
          "(?<weak>turn|vend|drej\\p{L}*)|rotat\\p{L}*|roter\\p{L}*",
          "(?:[向往]?[左右]边?|[顺逆]时针)?(?:旋转|(?<weakest>转))");

  static final Pattern LEFT =
      words("left|counter[- ]?clockwise|anti[- ]?clockwise|venstre|mod uret", "左|逆时针");
  static final Pattern RIGHT = words("right|clockwise|højre|med uret", "右|顺时针");

  static final Pattern CROP = words("crop\\p{L}*|trim|cut|beskær\\p{L}*|klip", "裁剪|裁切|剪裁|裁成|裁");
  static final Pattern SQUARE = words("square|kvadrat\\p{L}*|firkantet", "正方形|方形");

  static final Pattern CAPTION =
      words(
          "caption(?:s|ed)?|says?|saying|reads|text|title|titled|write|label(?:led|ed)?"
              + "|billedtekst(?:en)?|tekst(?:en)?|overskrift(?:en)?|skriv|siger|der står|titel(?:en)?",
          "标题|字幕|文字|写上|写着|配文|题字|写");

  /** What stands between the word for a caption and the caption. */
  static final Pattern BEFORE_CAPTION =
      Pattern.compile(
          "^(?:[\\s:：,，\\-–—]+|(?:that|which|it|of|the|a|som|der|med|den)(?!\\p{L})|为|是|内容|"
              + CAPTION.pattern()
              + "){1,12}",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  static final Pattern SEPARATOR =
      Pattern.compile(
          "[,;.，；。、\\n]|(?<!\\p{L})(?:and|then|og|så|derefter)(?!\\p{L})|然后|并且|再|并|和",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Stands right before what a person does not want. */
  static final Pattern NEGATION =
      Pattern.compile(
          "(?:(?<!\\p{L})(?:no|not|without|don['’]?t|never|remove|delete|uden|ikke|fjern|ingen)"
              + "(?:\\s+(?:a|any|the|so|too|make|it|be|en|et|den|det|for)){0,6}\\s+|不要|别|没有|去掉|删除|去除|移除)$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private Vocabulary() {}

  private static Pattern words(String spaced, String chinese) {
    return Pattern.compile(
        "(?<!\\p{L})(?:" + spaced + ")(?!\\p{L})|" + chinese,
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
