package org.meridian.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class FeedTest {
    @Test
    void isXmlWhateverPeopleWrite() throws Exception {
        Post post = new Post(3, "a ]]> & <b> \u0007 \"'", "<script>\u0000 *x*", Instant.EPOCH, OptionalInt.empty());

        Document feed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Feed.of(List.of(post)))));

        assertThat(feed.getElementsByTagName("title").item(1).getTextContent()).isEqualTo("a ]]> & <b>  \"'");
        assertThat(feed.getElementsByTagName("pubDate").item(0).getTextContent())
                .isEqualTo("Thu, 1 Jan 1970 00:00:00 GMT");
    }
}
