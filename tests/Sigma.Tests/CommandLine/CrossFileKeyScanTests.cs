using System.Text;
using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>Files with a correlation or filter are found by their bytes, however the YAML is written.</summary>
public class CrossFileKeyScanTests
{
    [Theory]
    [InlineData("title: a\ncorrelation:\n    type: event_count\n")]
    [InlineData("filter:\n    rules: any\n")]
    [InlineData("\uFEFFfilter:\n    rules: any\n")]
    [InlineData("title: a\n'filter' :\n    rules: any\n")]
    [InlineData("title: a\n\"correlation\":\n    type: event_count\n")]
    [InlineData("{title: a, filter: {rules: any}}\n")]
    [InlineData("  title: a\n  filter:\n      rules: any\n")]
    [InlineData("---\n  title: a\n  filter:\n      rules: any\n")]
    [InlineData("title: a\n---\n  title: b\n  filter:\n      rules: any\n")]
    [InlineData("title: a\n--- {title: b, correlation: {type: event_count}}\n")]
    [InlineData("base: &b\n    filter:\n        rules: any\ntitle: a\n<<: *b\n")]
    [InlineData("title: a\r\nfilter:\r\n    rules: any\r\n")]
    [InlineData("? title\n: a\n? x\n: y\nfilter: {rules: any}\n")]
    [InlineData("# a comment\n\n  title: a\n  filter:\n      rules: any\n")]
    [InlineData("title: a\u2028filter:\u2028    rules: any\n")]
    [InlineData("!!map\n  title: a\n  filter: {rules: any}\n")]
    [InlineData("title: a\n? filter\n: rules: any\n")]
    [InlineData("title: a\n\"fil\\x74er\":\n    rules: any\n")]
    [InlineData("title: &k filter\n*k :\n    rules: any\n")]
    [InlineData("title: a\n!!str filter:\n    rules: any\n")]
    public void A_file_that_has_one_is_never_missed(string file) =>
        CrossFileKeyScan.MayBeIn(Encoding.UTF8.GetBytes(file)).Should().BeTrue();

    [Theory]
    [InlineData("title: a\ndetection:\n    filter:\n        A: 1\n    condition: filter\n")]
    [InlineData("title: a\ndetection:\n    main_filter:\n        A: 1\n    condition: main_filter\n")]
    [InlineData("title: correlation and filter\ndetection:\n    x:\n        A: 1\n    condition: x\n")]
    [InlineData("title: a\r\ndetection:\r\n    \"filter\":\r\n        A: 1\r\n    condition: filter\r\n")]
    public void An_ordinary_rule_with_a_detection_of_that_name_is_told_apart(string file) =>
        CrossFileKeyScan.MayBeIn(Encoding.UTF8.GetBytes(file)).Should().BeFalse("else every such rule is parsed twice");
}
