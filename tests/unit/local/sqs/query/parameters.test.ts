import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inputOf } from "../../../../../packages/local/src/sqs/query/parameters.ts";
import { law } from "../../../../support/law.ts";

const input = (form: string) => inputOf(new URLSearchParams(form));

describe("an input of the query protocol", () => {
  it("keeps texts and reads integers", () => {
    expect(input("MessageBody=12&DelaySeconds=12&QueueUrl=q")).toEqual({
      MessageBody: "12",
      DelaySeconds: 12,
      QueueUrl: "q",
    });
  });

  it("keeps any text of a body", () => {
    law(
      fc.property(fc.string({ unit: fc.constantFrom(..."&=+%. 1aé€\r\n\u{1F642}") }), (MessageBody) => {
        expect(inputOf(new URLSearchParams(String(new URLSearchParams({ MessageBody }))))).toEqual({ MessageBody });
      }),
    );
  });

  it("orders a list by its numbers, which may have gaps", () => {
    expect(input("AttributeName.10=c&AttributeName.2=b&AttributeName.1=a")).toEqual({
      AttributeNames: ["a", "b", "c"],
    });
  });

  it("accepts the only item of a list without a number", () => {
    expect(input("AttributeName=All")).toEqual({ AttributeNames: ["All"] });
  });

  it("reads the attributes of a message", () => {
    const form =
      "MessageAttribute.1.Name=tenant&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=a";
    expect(input(form)).toEqual({ MessageAttributes: { tenant: { DataType: "String", StringValue: "a" } } });
  });

  it("reads the attributes of a queue and its tags", () => {
    expect(input("Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=30&Tag.1.Key=a&Tag.1.Value=b")).toEqual({
      Attributes: { VisibilityTimeout: "30" },
      Tags: { a: "b" },
    });
  });

  it("reads the entries of a batch, each with its own attributes", () => {
    const entry = "SendMessageBatchRequestEntry";
    const attribute = `${entry}.1.MessageAttribute.1`;
    const form = `${entry}.2.Id=b&${entry}.1.Id=a&${entry}.1.DelaySeconds=3&${attribute}.Name=n&${attribute}.Value.DataType=String`;
    expect(input(form)).toEqual({
      Entries: [{ Id: "a", DelaySeconds: 3, MessageAttributes: { n: { DataType: "String" } } }, { Id: "b" }],
    });
  });

  it.each(["DelaySeconds=soon", "DelaySeconds=", "MaxNumberOfMessages=1.5", "WaitTimeSeconds.1=2"])(
    "cannot have another value than an integer where SQS reads one: %s",
    (form) => {
      expect(() => input(form)).toThrow("Must be an integer");
    },
  );

  it.each(["MessageAttribute.1.Value.DataType=String", "MessageAttribute.1.Name=a", "MessageAttribute=a"])(
    "cannot have an attribute without a name or a value: %s",
    (form) => {
      expect(() => input(form)).toThrow("MessageAttribute needs Name and Value");
    },
  );

  it("never fails in another way", () => {
    const name = fc.constantFrom(
      "MessageAttribute",
      "Attribute",
      "AttributeName",
      "DelaySeconds",
      "1",
      "Name",
      "Value",
      "",
    );
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("."));
    law(
      fc.property(fc.array(fc.tuple(path, fc.string())), (pairs) => {
        try {
          inputOf(new URLSearchParams(pairs));
        } catch (error) {
          expect(error).toMatchObject({ name: "InvalidParameterError" });
        }
      }),
    );
  });
});
