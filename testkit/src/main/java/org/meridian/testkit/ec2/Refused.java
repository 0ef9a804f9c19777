package org.meridian.testkit.ec2;

/** An answer that says no, with one of EC2's error codes. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static Refused of(String code, String message) {
        return new Refused(400, code, message);
    }

    int status() {
        return status;
    }

    /** AWS STS API Reference, "Common Errors": STS has another form. */
    Xml stsXml() {
        return Xml.of(
                "ErrorResponse",
                Xml.of(
                        "Error",
                        Xml.text("Type", "Sender"),
                        Xml.text("Code", code),
                        Xml.text("Message", String.valueOf(getMessage()))),
                Xml.text("RequestId", "refused"));
    }

    /** Amazon EC2 API Reference, "Error codes": the form of every error. */
    Xml xml() {
        return Xml.of(
                "Response",
                Xml.of(
                        "Errors",
                        Xml.of("Error", Xml.text("Code", code), Xml.text("Message", String.valueOf(getMessage())))),
                Xml.text("RequestID", "refused"));
    }
}
